/** Whether a pattern fits a text, in any case: `*` is anything, `?` one character. */
export function globFits(pattern: string, text: string): boolean {
  const parts = pattern.replace(/\*+/g, '*').replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${parts.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is').test(text);
}
