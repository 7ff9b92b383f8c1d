/** A server's text as it may stand in one line: without control characters, and cut at a length. */
export function shortened(text: string, longest = 300): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}
