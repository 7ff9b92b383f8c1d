/** Shorter parts of base64 occur by chance. */
const SHORTEST_PART = 8;

/**
 * How a secret looks in base64 of both alphabets, also as a part of something longer, in hexadecimal and in a URL.
 *
 * Base64 writes three bytes as four characters, so a text looks in three ways, by where it begins. The characters at its ends
 * that depend on its neighbours are left out.
 */
export function encodedForms(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  const whole = bytes.toString('base64');
  const parts = [0, 1, 2].map((offset) => base64Part(bytes, offset));
  const base64 = [whole, whole.replace(/=+$/, ''), ...parts].filter((form) => form.length >= SHORTEST_PART);
  // Half a surrogate pair has no form in a URL.
  const url = encodeURIComponent(bytes.toString('utf8'));
  const forms = [
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
    bytes.toString('hex'),
    url,
    url.replaceAll('%20', '+'),
    url.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase()),
    // What a form of a web page sends.
    url.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
  ];
  return [...new Set(forms)].filter((form) => form !== value);
}

function base64Part(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const from = offset === 0 ? 0 : offset + 1;
  const isWhole = (offset + bytes.length) % 3 === 0;
  return text.slice(from, isWhole ? undefined : -1);
}
