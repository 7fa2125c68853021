// homespunmenu-VERSION.dll: the entry "Homespun" in the first menu of Windows 11, with one command for each verb.
//
// Explorer asks it by IExplorerCommand, in a process of the system's own (the surrogate that the package's manifest names).
// Nothing here reads a file: what an entry needs to know, it sees in the attributes and the endings of the chosen items.
// What was chosen goes to homespun-launch.exe through a pipe that only that process inherits.
#include <windows.h>

#include <new>
#include <shobjidl.h>

#include "choice.h"

extern "C" void __cxa_pure_virtual() // instead of the C++ run-time library
{
    __builtin_trap();
}

namespace {

long living = 0; // objects, and locks of the factory

bool speaks_german()
{
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_GERMAN;
}

template <class Interface> class Object : public Interface {
public:
    Object() { InterlockedIncrement(&living); }
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;

    STDMETHODIMP QueryInterface(REFIID wanted, void **out) override
    {
        *out = nullptr;
        if (!IsEqualIID(wanted, IID_IUnknown) && !IsEqualIID(wanted, __uuidof(Interface)))
            return E_NOINTERFACE;
        *out = static_cast<Interface *>(this);
        AddRef();
        return S_OK;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return static_cast<ULONG>(InterlockedIncrement(&references)); }
    STDMETHODIMP_(ULONG) Release() override
    {
        long rest = InterlockedDecrement(&references);
        if (rest == 0)
            dispose();
        return static_cast<ULONG>(rest);
    }

protected:
    ~Object() { InterlockedDecrement(&living); } // only by `dispose`
    virtual void dispose() = 0;

private:
    long references = 1;
};

// Memory without the C++ run-time library; nullptr when there is none.
template <class Made, class... Given> Made *made(Given... given)
{
    void *memory = HeapAlloc(GetProcessHeap(), 0, sizeof(Made));
    return memory == nullptr ? nullptr : ::new (memory) Made(given...);
}
template <class Made> void unmade(Made *object)
{
    object->~Made();
    HeapFree(GetProcessHeap(), 0, object);
}

class Command final : public Object<IExplorerCommand> {
public:
    explicit Command(const Entry *of) : entry(of) {}
    ~Command() = default;

    STDMETHODIMP GetTitle(IShellItemArray *, LPWSTR *out) override
    {
        return copied(speaks_german() ? entry->german : entry->english, out);
    }
    STDMETHODIMP GetIcon(IShellItemArray *, LPWSTR *out) override { return icon(entry->icon, out); }
    STDMETHODIMP GetToolTip(IShellItemArray *, LPWSTR *out) override
    {
        return copied(speaks_german() ? entry->about_german : entry->about_english, out);
    }
    STDMETHODIMP GetCanonicalName(GUID *out) override
    {
        *out = GUID_NULL;
        return S_OK;
    }
    STDMETHODIMP GetState(IShellItemArray *chosen, BOOL, EXPCMDSTATE *out) override
    {
        *out = fits_all(chosen, *entry) ? ECS_ENABLED : ECS_HIDDEN;
        return S_OK;
    }
    STDMETHODIMP Invoke(IShellItemArray *chosen, IBindCtx *) override { return launch(chosen, *entry); }
    STDMETHODIMP GetFlags(EXPCMDFLAGS *out) override
    {
        *out = ECF_DEFAULT;
        return S_OK;
    }
    STDMETHODIMP EnumSubCommands(IEnumExplorerCommand **out) override
    {
        *out = nullptr;
        return E_NOTIMPL;
    }

private:
    void dispose() override { unmade(this); }

    const Entry *entry;
};

class Commands final : public Object<IEnumExplorerCommand> {
public:
    explicit Commands(size_t from) : next(from) {}
    ~Commands() = default;

    STDMETHODIMP Next(ULONG wanted, IExplorerCommand **out, ULONG *given) override
    {
        ULONG count = 0;
        while (count < wanted && next < ENTRY_COUNT) {
            out[count] = made<Command>(&ENTRIES[next]);
            if (out[count] == nullptr)
                break;
            next++;
            count++;
        }
        if (given != nullptr)
            *given = count;
        return count == wanted ? S_OK : S_FALSE;
    }
    STDMETHODIMP Skip(ULONG count) override
    {
        bool enough = count <= ENTRY_COUNT - next;
        next = enough ? next + count : ENTRY_COUNT;
        return enough ? S_OK : S_FALSE;
    }
    STDMETHODIMP Reset() override
    {
        next = 0;
        return S_OK;
    }
    STDMETHODIMP Clone(IEnumExplorerCommand **out) override
    {
        *out = made<Commands>(next);
        return *out == nullptr ? E_OUTOFMEMORY : S_OK;
    }

private:
    void dispose() override { unmade(this); }

    size_t next;
};

class Root final : public Object<IExplorerCommand> {
public:
    Root() = default;
    ~Root() = default;

    STDMETHODIMP GetTitle(IShellItemArray *, LPWSTR *out) override { return copied(PROGRAM, out); }
    STDMETHODIMP GetIcon(IShellItemArray *, LPWSTR *out) override { return icon(PROGRAM_ICON, out); }
    STDMETHODIMP GetToolTip(IShellItemArray *, LPWSTR *out) override
    {
        *out = nullptr;
        return E_NOTIMPL;
    }
    STDMETHODIMP GetCanonicalName(GUID *out) override
    {
        *out = GUID_NULL;
        return S_OK;
    }
    STDMETHODIMP GetState(IShellItemArray *chosen, BOOL, EXPCMDSTATE *out) override
    {
        *out = ECS_HIDDEN;
        for (size_t at = 0; at < ENTRY_COUNT && *out == ECS_HIDDEN; at++)
            if (fits_all(chosen, ENTRIES[at]))
                *out = ECS_ENABLED;
        return S_OK;
    }
    STDMETHODIMP Invoke(IShellItemArray *, IBindCtx *) override { return E_NOTIMPL; } // it only opens
    STDMETHODIMP GetFlags(EXPCMDFLAGS *out) override
    {
        *out = ECF_HASSUBCOMMANDS;
        return S_OK;
    }
    STDMETHODIMP EnumSubCommands(IEnumExplorerCommand **out) override
    {
        *out = made<Commands>(static_cast<size_t>(0));
        return *out == nullptr ? E_OUTOFMEMORY : S_OK;
    }

private:
    void dispose() override { unmade(this); }
};

class Factory final : public Object<IClassFactory> {
public:
    Factory() = default;
    ~Factory() = default;

    STDMETHODIMP CreateInstance(IUnknown *outer, REFIID wanted, void **out) override
    {
        *out = nullptr;
        if (outer != nullptr)
            return CLASS_E_NOAGGREGATION;
        Root *root = made<Root>();
        if (root == nullptr)
            return E_OUTOFMEMORY;
        HRESULT result = root->QueryInterface(wanted, out);
        root->Release();
        return result;
    }
    STDMETHODIMP LockServer(BOOL lock) override
    {
        if (lock)
            InterlockedIncrement(&living);
        else
            InterlockedDecrement(&living);
        return S_OK;
    }

private:
    void dispose() override { unmade(this); }
};

} // namespace

extern "C" HRESULT STDAPICALLTYPE DllGetClassObject(REFCLSID of, REFIID wanted, void **out)
{
    *out = nullptr;
    if (!IsEqualCLSID(of, MENU_CLASS))
        return CLASS_E_CLASSNOTAVAILABLE;
    Factory *factory = made<Factory>();
    if (factory == nullptr)
        return E_OUTOFMEMORY;
    HRESULT result = factory->QueryInterface(wanted, out);
    factory->Release();
    return result;
}

extern "C" HRESULT STDAPICALLTYPE DllCanUnloadNow()
{
    return living == 0 ? S_OK : S_FALSE;
}

extern "C" BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *)
{
    if (reason == DLL_PROCESS_ATTACH) {
        self = module;
        DisableThreadLibraryCalls(module);
    }
    return TRUE;
}
