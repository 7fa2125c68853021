#include "choice.h"

#include <shlobj.h>
#include <strsafe.h>

extern "C" {
#include "names.h"
}

HMODULE self = nullptr;

HRESULT copied(const WCHAR *text, LPWSTR *out)
{
    size_t size = (wcslen(text) + 1) * sizeof *text;
    *out = static_cast<LPWSTR>(CoTaskMemAlloc(size));
    if (*out == nullptr)
        return E_OUTOFMEMORY;
    memcpy(*out, text, size);
    return S_OK;
}

namespace {

constexpr DWORD PATH_ROOM = 32768;

// Of a larger choice only so many items are looked at: the menu waits for us, and the app says of each file what it can't do.
constexpr DWORD LOOKED_AT = 64;

// ROOT\homespun-launch.exe: this library is ROOT\versions\VERSION\menu\homespunmenu-VERSION.dll.
bool launcher(WCHAR path[PATH_ROOM])
{
    DWORD length = GetModuleFileNameW(self, path, PATH_ROOM);
    if (length == 0 || length >= PATH_ROOM)
        return false;
    for (int up = 0; up < 4; up++) {
        WCHAR *last = wcsrchr(path, L'\\');
        if (last == nullptr)
            return false;
        *last = L'\0';
    }
    return SUCCEEDED(StringCchCatW(path, PATH_ROOM, L"\\homespun-launch.exe"));
}

} // namespace

HRESULT icon(int id, LPWSTR *out)
{
    auto path = static_cast<WCHAR *>(HeapAlloc(GetProcessHeap(), 0, (PATH_ROOM + 16) * sizeof(WCHAR)));
    HRESULT result = path == nullptr ? E_OUTOFMEMORY : E_FAIL;
    *out = nullptr;
    if (path != nullptr && launcher(path)) {
        StringCchPrintfW(path + wcslen(path), 16, L",-%d", id);
        result = copied(path, out);
    }
    HeapFree(GetProcessHeap(), 0, path);
    return result;
}

namespace {

bool is_picture(const WCHAR *name)
{
    const WCHAR *ending = wcsrchr(name, L'.');
    if (ending == nullptr)
        return false;
    for (const WCHAR *type : PICTURE_TYPES)
        if (_wcsicmp(type, ending) == 0)
            return true;
    return false;
}

// Whether an entry for `on` fits one item. A zip archive says that it is a folder, but also that it is a stream.
bool fits(IShellItem *item, On on)
{
    SFGAOF found = 0;
    if (FAILED(item->GetAttributes(SFGAO_FOLDER | SFGAO_STREAM | SFGAO_FILESYSTEM, &found)) || !(found & SFGAO_FILESYSTEM))
        return false;
    bool folder = (found & SFGAO_FOLDER) && !(found & SFGAO_STREAM);
    if (on == On::folders || folder)
        return on == On::folders && folder;
    LPWSTR name = nullptr;
    bool picture = SUCCEEDED(item->GetDisplayName(SIGDN_PARENTRELATIVEPARSING, &name)) && is_picture(name);
    CoTaskMemFree(name);
    return picture;
}

} // namespace

bool fits_all(IShellItemArray *chosen, const Entry &entry)
{
    DWORD count = 0;
    if (chosen == nullptr || FAILED(chosen->GetCount(&count)) || count == 0 || (count > 1 && !entry.several))
        return false;
    for (DWORD at = 0; at < count && at < LOOKED_AT; at++) {
        IShellItem *item = nullptr;
        if (FAILED(chosen->GetItemAt(at, &item)))
            return false;
        bool good = fits(item, entry.on);
        item->Release();
        if (!good)
            return false;
    }
    return true;
}

namespace {

// The chosen files' names as the launcher reads them. False where one is no file, or there is no memory.
bool packed(IShellItemArray *chosen, struct bytes *list)
{
    DWORD count = 0;
    if (chosen == nullptr || FAILED(chosen->GetCount(&count)))
        return false;
    for (DWORD at = 0; at < count; at++) {
        IShellItem *item = nullptr;
        LPWSTR name = nullptr;
        bool added = SUCCEEDED(chosen->GetItemAt(at, &item)) && SUCCEEDED(item->GetDisplayName(SIGDN_FILESYSPATH, &name)) &&
                     utf8_add(list, reinterpret_cast<const uint16_t *>(name), wcslen(name)) && bytes_add(list, "", 1);
        CoTaskMemFree(name);
        if (item != nullptr)
            item->Release();
        if (!added)
            return false;
    }
    return true;
}

// Start the launcher with `input` as the one handle that it inherits. `path` and `line` stay the caller's.
bool start(const WCHAR *path, WCHAR *line, HANDLE input)
{
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    auto list = static_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(HeapAlloc(GetProcessHeap(), 0, size));
    if (list == nullptr)
        return false;
    bool started = false;
    if (InitializeProcThreadAttributeList(list, 1, 0, &size)) {
        STARTUPINFOEXW how = {};
        PROCESS_INFORMATION process = {};
        how.StartupInfo.cb = sizeof how;
        how.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
        how.StartupInfo.hStdInput = input;
        how.lpAttributeList = list;
        started = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &input, sizeof input, nullptr, nullptr) &&
                  CreateProcessW(path, line, nullptr, nullptr, TRUE, EXTENDED_STARTUPINFO_PRESENT, nullptr, nullptr,
                                 &how.StartupInfo, &process);
        if (started) {
            AllowSetForegroundWindow(process.dwProcessId);
            CloseHandle(process.hThread);
            CloseHandle(process.hProcess);
        }
        DeleteProcThreadAttributeList(list);
    }
    HeapFree(GetProcessHeap(), 0, list);
    return started;
}

// Hand `list` to the launcher.
HRESULT hand_over(const Entry &entry, const struct bytes &list)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, nullptr, TRUE};
    HANDLE reader, writer;
    auto path = static_cast<WCHAR *>(HeapAlloc(GetProcessHeap(), 0, 2 * PATH_ROOM * sizeof(WCHAR)));
    if (path == nullptr)
        return E_OUTOFMEMORY;
    WCHAR *line = path + PATH_ROOM;
    HRESULT result = E_FAIL;
    if (launcher(path) && SUCCEEDED(StringCchPrintfW(line, PATH_ROOM, L"\"%ls\" %ls --stdin", path, entry.request)) &&
        CreatePipe(&reader, &writer, &inherited, static_cast<DWORD>(list.size + 4096))) {
        SetHandleInformation(writer, HANDLE_FLAG_INHERIT, 0);
        DWORD written = 0;
        if (start(path, line, reader) && WriteFile(writer, list.data, static_cast<DWORD>(list.size), &written, nullptr) &&
            written == list.size)
            result = S_OK;
        CloseHandle(reader);
        CloseHandle(writer);
    }
    HeapFree(GetProcessHeap(), 0, path);
    return result;
}

} // namespace

HRESULT launch(IShellItemArray *chosen, const Entry &entry)
{
    struct bytes list = {nullptr, 0, 0};
    HRESULT result = packed(chosen, &list) && list.size > 0 ? hand_over(entry, list) : E_INVALIDARG;
    bytes_free(&list);
    return result;
}
