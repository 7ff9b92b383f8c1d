/** Tags as a prop; values may be tokens. azurerm has no default tags, so every resource gets them. */
export type Tags = Readonly<Record<string, string>>;
