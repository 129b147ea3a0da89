#!/bin/sh
# Charthouse @VERSION@ for Linux: installs for the person who runs it, without root.
#
#   sh @NAME@            install, or bring the installed one up to date
#   sh @NAME@ --extract FOLDER   only unpack
set -eu
home=${CHARTHOUSE_HOME:-$HOME/.local}
lines=@LINES@

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
stop() { say "Charthouse was not installed. $1" >&2; exit 1; }

[ "$(uname -s)" = Linux ] && [ "$(uname -m)" = x86_64 ] ||
    stop "This file is for Linux on 64-bit PCs (x86_64); this is $(uname -s) on $(uname -m)."
has=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2 || :)
[ -n "$has" ] || stop "It needs the GNU C library, glibc @GLIBC@ or later; this system has another."
[ "$(printf '%s\n' "@GLIBC@" "$has" | sort -V | head -n1)" = "@GLIBC@" ] ||
    stop "It needs glibc @GLIBC@ or later, as in Debian 12 or Ubuntu 24.04; this system has $has."
for tool in tar xz sha256sum; do
    command -v $tool >/dev/null || stop "It needs the program $tool to unpack itself."
done
[ "$(tail -n +"$lines" "$0" | sha256sum | cut -d' ' -f1)" = "@DIGEST@" ] ||
    stop "This file is damaged or incomplete. Fetch it again."

if [ "${1:-}" = --extract ]; then
    mkdir -p "$2" && tail -n +"$lines" "$0" | xz -dc | tar -xf - -C "$2" && exit 0
fi
[ $# -eq 0 ] || { say "usage: sh $0 [--extract FOLDER]"; exit 2; }

program=$home/lib/charthouse
folders="lib bin share share/applications share/icons share/icons/hicolor share/mime
share/mime/packages share/metainfo"
for size in @SIZES@; do
    folders="$folders share/icons/hicolor/$size share/icons/hicolor/$size/apps"
done
made=
for folder in $folders; do
    [ -d "$home/$folder" ] || made="$folder
$made"
done
# What an earlier version made, this one made too.
[ -f "$program/folders" ] && made=$(cat "$program/folders")

[ -t 1 ] && printf 'Installing Charthouse @VERSION@ …\n'
mkdir -p "$home/lib"
new=$(mktemp -d "$home/lib/charthouse-new-XXXXXX") || stop "$home/lib cannot be written."
trap 'rm -rf -- "$new"' EXIT
trap 'exit 1' HUP INT TERM
tail -n +"$lines" "$0" | xz -dc | tar -xf - -C "$new" || stop "There is not enough room in $home."
[ -e "$program" ] && [ ! -f "$program/installed" ] && stop "$program is in the way."
# The whole of it at once: an old file must not be left beside new ones.
[ -e "$program" ] && mv "$program" "$new/old"
mv "$new/charthouse" "$program"
printf '%s\n' "$made" > "$program/folders"

(cd "$new/files" && find . -type f | sed 's|^\./||') | while IFS= read -r file; do
    mkdir -p "$home/$(dirname "$file")"
    cp "$new/files/$file" "$home/$file"
    printf '%s\n' "$file"
done > "$program/installed"
mkdir -p "$home/bin"
ln -sfn "$program/charthouse" "$home/bin/charthouse"
printf 'bin/charthouse\n' >> "$program/installed"
quoted=$(printf '%s' "$program" | sed 's/[&|\\]/\\&/g')
sed -i -e "s|^Exec=charthouse|Exec=\"$quoted/charthouse\"|" \
    -e "s|^Exec=uninstall|Exec=\"$quoted/uninstall\"|" "$home/share/applications/charthouse.desktop"
command -v update-desktop-database >/dev/null 2>&1 &&
    update-desktop-database -q "$home/share/applications" || :
command -v update-mime-database >/dev/null 2>&1 &&
    update-mime-database "$home/share/mime" >/dev/null 2>&1 || :
rm -rf -- "$new"
say "Charthouse @VERSION@ is installed: look for it in the menu, under Office.

To remove it, right-click it there and choose Remove Charthouse, or run
$program/uninstall"
exit 0
