/** Reads JSON as Go's `encoding/json` does, byte by byte, up to the first byte that it refuses. */
class GoScanner {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** @throws {SyntaxError} in Go's words */
  document(): void {
    this.value();
    this.space();
    if (this.at < this.bytes.length) this.refuse('after top-level value');
  }

  /** The byte that is read next, as a character. */
  private next(): string {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new SyntaxError('unexpected end of JSON input');
    return String.fromCharCode(byte);
  }

  private refuse(where: string): never {
    const character = this.next();
    const shown =
      character === "'" ? "\\'" : character === '"' ? '"' : JSON.stringify(character).slice(1, -1);
    throw new SyntaxError(`invalid character '${shown}' ${where}`);
  }

  private space(): void {
    while (this.at < this.bytes.length && /[ \t\r\n]/.test(this.next())) this.at++;
  }

  private value(): void {
    this.space();
    const first = this.next();
    if (first === '{') this.object();
    else if (first === '[') this.array();
    else if (first === '"') this.text();
    else if (/[-\d]/.test(first)) this.number();
    else if ('tfn'.includes(first)) this.literal({ t: 'true', f: 'false', n: 'null' }[first] ?? '');
    else this.refuse('looking for beginning of value');
  }

  private literal(word: string): void {
    for (const expected of word) {
      if (this.next() !== expected) this.refuse(`in literal ${word} (expecting '${expected}')`);
      this.at++;
    }
  }

  private digits(where: string): void {
    if (!/\d/.test(this.next())) this.refuse(where);
    while (this.at < this.bytes.length && /\d/.test(this.next())) this.at++;
  }

  private number(): void {
    if (this.next() === '-') this.at++;
    if (this.next() === '0') this.at++;
    else this.digits('in numeric literal');
    if (this.at < this.bytes.length && this.next() === '.') {
      this.at++;
      this.digits('after decimal point in numeric literal');
    }
    if (this.at < this.bytes.length && /e/i.test(this.next())) {
      this.at++;
      if (/[+-]/.test(this.next())) this.at++;
      this.digits('in exponent of numeric literal');
    }
  }

  private text(): void {
    this.at++;
    while (this.next() !== '"') {
      if (this.next() < ' ') this.refuse('in string literal');
      if (this.next() === '\\') this.escape();
      this.at++;
    }
    this.at++;
  }

  private escape(): void {
    this.at++;
    if (!/["\\/bfnrtu]/.test(this.next())) this.refuse('in string escape code');
    if (this.next() !== 'u') return;
    for (let digit = 0; digit < 4; digit++) {
      this.at++;
      if (!/[\da-f]/i.test(this.next())) this.refuse('in \\u hexadecimal character escape');
    }
  }

  private object(): void {
    this.at++;
    this.space();
    if (this.next() === '}') {
      this.at++;
      return;
    }
    for (;;) {
      this.space();
      if (this.next() !== '"') this.refuse('looking for beginning of object key string');
      this.text();
      this.space();
      if (this.next() !== ':') this.refuse('after object key');
      this.at++;
      if (this.isLast('}', 'after object key:value pair')) return;
    }
  }

  private array(): void {
    this.at++;
    this.space();
    if (this.next() === ']') {
      this.at++;
      return;
    }
    while (!this.isLast(']', 'after array element'));
  }

  /** Reads a value, and the comma or the end after it. */
  private isLast(end: string, where: string): boolean {
    this.value();
    this.space();
    if (this.next() !== ',' && this.next() !== end) this.refuse(where);
    const last = this.next() === end;
    this.at++;
    return last;
  }
}

const KINDS: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'string' };

/** Go's error about a text that must hold a JSON object; undefined if it holds one, or null, which Go takes for an empty one. */
export function goJsonError(text: string): string | undefined {
  try {
    new GoScanner(Buffer.from(text)).document();
  } catch (failure) {
    if (failure instanceof SyntaxError) return failure.message;
    throw failure;
  }
  const value: unknown = JSON.parse(text);
  const kind = Array.isArray(value) ? 'array' : KINDS[typeof value];
  return kind && `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}
