// Does what Explorer does with the menu's library, without an Explorer.
//     host.exe DLL LIST [VERB]
// LIST is a file of UTF-16 paths, each ended by a zero; they are made into real shell items. Prints one JSON object, and
// invokes the entry whose title is the VERBth.
#ifndef UNICODE
#define UNICODE
#endif
#include <windows.h>

#include <initguid.h>
#include <shlobj.h>
#include <shobjidl.h>
#include <stdio.h>
#include <stdlib.h>

DEFINE_GUID(MENU_CLASS, 0x8c1c0a43, 0xabdb, 0x45c4, 0x81, 0x32, 0xc2, 0x83, 0xbd, 0x6b, 0x67, 0xaa);
DEFINE_GUID(OTHER_CLASS, 0x8c1c0a43, 0xabdb, 0x45c4, 0x81, 0x32, 0xc2, 0x83, 0xbd, 0x6b, 0x67, 0xab);

static void check(bool good, const char *what)
{
    if (!good) {
        printf("FAILED %s\n", what);
        exit(9);
    }
}

static void say(const WCHAR *text)
{
    printf("\"");
    for (; *text; text++)
        printf("\\u%04x", *text);
    printf("\"");
    fflush(stdout);
}

static IShellItemArray *items(const WCHAR *file)
{
    static PIDLIST_ABSOLUTE lists[1000];
    UINT count = 0;
    HANDLE stream = CreateFileW(file, GENERIC_READ, 0, nullptr, OPEN_EXISTING, 0, nullptr);
    static WCHAR text[1 << 20];
    DWORD size = 0;
    check(ReadFile(stream, text, sizeof text - 2, &size, nullptr), "list");
    CloseHandle(stream);
    for (WCHAR *at = text; at < text + size / 2; at += wcslen(at) + 1, count++)
        check(SUCCEEDED(SHParseDisplayName(at, nullptr, &lists[count], 0, nullptr)), "path");
    IShellItemArray *found = nullptr;
    check(SUCCEEDED(SHCreateShellItemArrayFromIDLists(count, const_cast<PCIDLIST_ABSOLUTE_ARRAY>(lists), &found)), "items");
    return found;
}

static void describe(IExplorerCommand *command, IShellItemArray *chosen)
{
    LPWSTR text = nullptr;
    EXPCMDSTATE state;
    EXPCMDFLAGS flags;
    check(SUCCEEDED(command->GetTitle(chosen, &text)), "title");
    printf("{\"title\": ");
    say(text);
    CoTaskMemFree(text);
    check(SUCCEEDED(command->GetIcon(chosen, &text)), "icon");
    printf(", \"icon\": ");
    say(text);
    CoTaskMemFree(text);
    if (SUCCEEDED(command->GetToolTip(chosen, &text))) {
        printf(", \"tip\": ");
        say(text);
        CoTaskMemFree(text);
    }
    check(SUCCEEDED(command->GetState(chosen, FALSE, &state)), "state");
    check(SUCCEEDED(command->GetFlags(&flags)), "flags");
    printf(", \"state\": %d, \"flags\": %d}", static_cast<int>(state), static_cast<int>(flags));
}

int wmain(int count, WCHAR **words)
{
    check(count >= 3, "words");
    CoInitialize(nullptr);
    IShellItemArray *chosen = items(words[2]);

    HMODULE library = LoadLibraryW(words[1]);
    check(library != nullptr, "library");
    auto get = reinterpret_cast<HRESULT(WINAPI *)(REFCLSID, REFIID, void **)>(
        reinterpret_cast<void *>(GetProcAddress(library, "DllGetClassObject")));
    auto may_go = reinterpret_cast<HRESULT(WINAPI *)()>(reinterpret_cast<void *>(GetProcAddress(library, "DllCanUnloadNow")));
    check(get != nullptr && may_go != nullptr && may_go() == S_OK, "exports");
    IClassFactory *factory = nullptr;
    void *none = library;
    check(get(OTHER_CLASS, IID_IClassFactory, &none) == CLASS_E_CLASSNOTAVAILABLE && none == nullptr, "another class");
    check(get(MENU_CLASS, IID_IExplorerCommand, &none) == E_NOINTERFACE && none == nullptr, "another interface");
    check(get(MENU_CLASS, IID_IClassFactory, reinterpret_cast<void **>(&factory)) == S_OK, "factory");
    check(may_go() == S_FALSE, "in use");
    IExplorerCommand *root = nullptr;
    check(factory->CreateInstance(nullptr, IID_IExplorerCommand, reinterpret_cast<void **>(&root)) == S_OK, "root");
    IEnumExplorerCommand *entries = nullptr, *twin = nullptr;
    check(root->EnumSubCommands(&entries) == S_OK && entries->Clone(&twin) == S_OK, "entries");
    printf("{\"root\": ");
    describe(root, chosen);
    printf(", \"entries\": [");
    IExplorerCommand *entry = nullptr;
    ULONG given = 0;
    for (int number = 0; entries->Next(1, &entry, &given) == S_OK; number++) {
        printf(number ? ", " : "");
        describe(entry, chosen);
        entry->Release();
    }
    printf("]");
    check(given == 0 && entries->Reset() == S_OK && entries->Skip(100) == S_FALSE, "end");
    if (count == 4) {
        LARGE_INTEGER from, to, per;
        QueryPerformanceFrequency(&per);
        check(twin->Skip(static_cast<ULONG>(wcstol(words[3], nullptr, 10))) == S_OK, "skip");
        check(twin->Next(1, &entry, nullptr) == S_OK, "entry");
        QueryPerformanceCounter(&from);
        HRESULT result = entry->Invoke(chosen, nullptr);
        QueryPerformanceCounter(&to);
        printf(", \"invoked\": %ld, \"invoking\": %d", static_cast<long>(result),
               static_cast<int>((to.QuadPart - from.QuadPart) * 1000 / per.QuadPart));
        entry->Release();
    }
    printf("}\n");
    twin->Release();
    entries->Release();
    root->Release();
    check(may_go() == S_FALSE, "factory in use");
    factory->Release();
    check(may_go() == S_OK, "all gone");
    check(FreeLibrary(library), "free");
    chosen->Release();
    return 0;
}
