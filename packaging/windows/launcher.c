/* Charthouse.exe: loads the Python beside it and lets it run the program.
 *
 * The whole command line is passed on in UTF-16, so a file of any name opens. Without a console
 * Windows hands over standard handles that are no handles; Python refuses to start on them, so
 * these become NUL. Pipes and files that somebody set up stay as they are.
 */
#include <stdlib.h>
#include <wchar.h>

#include <windows.h> /* before what builds on it */

#include <shellapi.h>

#define PATH_MOST 32768
#define NO_RUNTIME 120

typedef int (*python_main)(int, wchar_t **);

static void make_safe(DWORD which, DWORD access)
{
    HANDLE given = GetStdHandle(which);
    DWORD kind = given && given != INVALID_HANDLE_VALUE ? GetFileType(given) : FILE_TYPE_UNKNOWN;
    if (kind == FILE_TYPE_DISK || kind == FILE_TYPE_PIPE)
        return;
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    SetStdHandle(which, CreateFileW(L"NUL", access, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited,
                                    OPEN_EXISTING, 0, NULL));
}

static int refuse(void)
{
    MessageBoxW(NULL, L"Charthouse is damaged: a part of it is missing.\n\nInstall it again.",
                L"Charthouse", MB_ICONERROR);
    return NO_RUNTIME;
}

static HMODULE load_python(void)
{
    static wchar_t path[PATH_MOST + 32];
    DWORD length = GetModuleFileNameW(NULL, path, PATH_MOST);
    wchar_t *end = length && length < PATH_MOST ? wcsrchr(path, L'\\') : NULL;
    if (!end)
        return NULL;
    *end = 0;
    /* Nothing is loaded from the folder in which somebody stands. */
    SetDllDirectoryW(L"");
    wcscpy(end, L"\\" PYTHON_DLL);
    return LoadLibraryExW(path, NULL,
                          LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE none, PWSTR words, int show)
{
    (void)instance, (void)none, (void)words, (void)show;
    make_safe(STD_INPUT_HANDLE, GENERIC_READ);
    make_safe(STD_OUTPUT_HANDLE, GENERIC_WRITE);
    make_safe(STD_ERROR_HANDLE, GENERIC_WRITE);
    int given;
    wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &given);
    HMODULE python = load_python();
    python_main run = python ? (python_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    /* Apart from what this machine's Python is told: its variables and its packages. */
    wchar_t *own[] = {L"-I", L"-X", L"utf8", L"-m", L"desktop"};
    const int owned = sizeof own / sizeof *own;
    wchar_t **all = arguments ? calloc(given + owned + 1, sizeof *all) : NULL;
    if (!run || !all)
        return refuse();
    int count = 0;
    all[count++] = arguments[0];
    for (int i = 0; i < owned; i++)
        all[count++] = own[i];
    for (int i = 1; i < given; i++)
        all[count++] = arguments[i];
    return run(count, all);
}
