/** Whether two values mean the same: lists in another order, and JSON texts that are only written otherwise, do. */
export function meanSame(before: unknown, after: unknown): boolean {
  return canonical(before) === canonical(after);
}

/** Whether a value is nothing: what the cloud fills in after a resource is made was that before. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false || value === 0) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(inJson(value) ?? value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${pairs.sort().join()}}`;
}

/** The meaning of a text that is a JSON document. */
function inJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return canonical(JSON.parse(text));
  } catch {
    return undefined;
  }
}
