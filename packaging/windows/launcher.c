/* Charthouse.exe: loads the Python beside it and lets it run the program.
 *
 * The whole command line is passed on in UTF-16, so a file of any name opens. Without a console
 * Windows hands over standard handles that are no handles; Python refuses to start on them and on
 * files of which it may learn nothing, so these become NUL. Pipes and other files stay.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <wchar.h>

#include <windows.h> /* before what builds on it */

#include <shellapi.h>

#define PATH_MOST 32768
#define NO_RUNTIME 120

typedef int (*python_main)(int, wchar_t **);

static BOOL is_usable(HANDLE given)
{
    BY_HANDLE_FILE_INFORMATION file;
    FILE_BASIC_INFO times;
    if (!given || given == INVALID_HANDLE_VALUE)
        return FALSE;
    DWORD kind = GetFileType(given);
    return kind == FILE_TYPE_PIPE
           || (kind == FILE_TYPE_DISK && GetFileInformationByHandle(given, &file)
               && GetFileInformationByHandleEx(given, FileBasicInfo, &times, sizeof times));
}

/* Point a standard handle that cannot be used at NUL, for Windows and for C's library, which may
 * have looked at it before: descriptor 0, 1 or 2. */
static void make_safe(int descriptor)
{
    static const DWORD handles[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    if (is_usable(GetStdHandle(handles[descriptor])))
        return;
    HMODULE library = LoadLibraryExW(L"ucrtbase.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    FARPROC open = library ? GetProcAddress(library, "_open") : NULL;
    FARPROC duplicate = library ? GetProcAddress(library, "_dup2") : NULL;
    FARPROC handle_of = library ? GetProcAddress(library, "_get_osfhandle") : NULL;
    if (!open || !duplicate || !handle_of)
        return;
    int none = ((int (*)(const char *, int, ...))(void *)open)("NUL", _O_RDWR | _O_BINARY);
    if (none < 0 || ((int (*)(int, int))(void *)duplicate)(none, descriptor) < 0)
        return;
    intptr_t handle = ((intptr_t(*)(int))(void *)handle_of)(descriptor);
    SetStdHandle(handles[descriptor], (HANDLE)handle);
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
    for (int descriptor = 0; descriptor < 3; descriptor++)
        make_safe(descriptor);
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
