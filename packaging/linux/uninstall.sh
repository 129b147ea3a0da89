#!/bin/sh
# Removes Charthouse as it was installed for this person, and leaves their own files.
set -eu
program=$(cd "$(dirname "$0")" && pwd)
home=$(cd "$program/../.." && pwd)

# Whoever started this in a shell reads what it prints. A terminal that a file manager opens for it
# is gone with it, so there a window says it too, or it waits.
say() {
    printf '%s\n' "$1"
    if [ -t 1 ]; then
        case $(cat "/proc/$PPID/comm" 2>/dev/null || :) in *sh | su | sudo) return ;; esac
    fi
    for asker in "zenity --info --no-wrap --no-markup --title Charthouse --text" \
        "kdialog --msgbox" "xmessage -center"; do
        command -v "${asker%% *}" >/dev/null 2>&1 && $asker "$1" >/dev/null 2>&1 && return
    done
    [ -t 0 ] && [ -t 1 ] || return 0
    printf '\nPress Enter to close this window. '
    read -r _ || :
}

# A menu's own cache is worth keeping only while something else is in the menu.
forget() {
    [ -d "$1" ] || return 0
    [ -z "$(find "$1" -mindepth 1 ! -type d ! -name "$2" -print -quit)" ] && rm -f "$1/$2" || :
}

[ -f "$program/installed" ] || { say "Charthouse is not installed here."; exit 1; }
cd "$home"
while IFS= read -r file; do
    case $file in
        lib/charthouse | /* | *..*) ;;
        *) rm -f -- "$file" ;;
    esac
done < "$program/installed"
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q share/applications || :
command -v update-mime-database >/dev/null 2>&1 && update-mime-database share/mime >/dev/null 2>&1 || :
forget share/applications mimeinfo.cache
# All else in it is worked out from its folder of packages.
if [ -d share/mime ] && [ -z "$(find share/mime/packages -type f -print -quit 2>/dev/null)" ]; then
    rm -rf share/mime
fi
made=$(cat "$program/folders")
rm -rf -- "$program"
printf '%s\n' "$made" | while IFS= read -r folder; do
    [ -n "$folder" ] && rmdir -- "$folder" 2>/dev/null || :
done
say "Charthouse is removed. Your facts files are where you keep them.

Settings, unsaved work and kept states stay in
${XDG_CONFIG_HOME:-$HOME/.config}/charthouse
${XDG_DATA_HOME:-$HOME/.local/share}/charthouse"
