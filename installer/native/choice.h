// What was chosen in Explorer: which entries fit it, and handing it to the launcher.
#ifndef HOMESPUN_CHOICE_H
#define HOMESPUN_CHOICE_H

#include <windows.h>

#include <shobjidl.h>

#include "verbs.h"

// This library, for finding the launcher beside it.
extern HMODULE self;

// A copy of `text` for Explorer, which frees it.
HRESULT copied(const WCHAR *text, LPWSTR *out);

// The picture number `id` in the launcher's resources, as Explorer wants it told.
HRESULT icon(int id, LPWSTR *out);

// Whether the entry fits every chosen item, as far as the first few tell. Reads no file.
bool fits_all(IShellItemArray *chosen, const Entry &entry);

// Give the launcher the names of all chosen items. They are in a pipe with room for them, so Explorer does not wait.
HRESULT launch(IShellItemArray *chosen, const Entry &entry);

#endif
