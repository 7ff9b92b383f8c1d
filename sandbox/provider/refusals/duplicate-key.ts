const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** The first key that an object in a JSON text has twice. `JSON.parse` keeps the last of them without a word. */
export function duplicateKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  let text: string | undefined;
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && text !== undefined) {
      const key = JSON.parse(text) as string;
      if (open.at(-1)?.has(key)) return key;
      open.at(-1)?.add(key);
    }
    text = token.startsWith('"') ? token : undefined;
  }
  return undefined;
}
