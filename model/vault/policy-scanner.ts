import { ValueError } from '../value-error';

/** A policy's text that can't be taken. Its message is what the server says, not a sentence part. */
export class PolicyTextError extends ValueError {
  override readonly name = 'PolicyTextError';

  /** @param problem in the server's words, without `failed to parse policy: ` */
  constructor(problem: string) {
    super('a policy that the server takes', problem);
    this.message = `failed to parse policy: ${problem}`;
  }
}

export interface Token {
  readonly kind: 'word' | 'string' | 'mark' | 'end';
  /** Of a string its value. */
  readonly text: string;
  /** Where it begins and ends in the text. */
  readonly at: number;
  readonly end: number;
}

const SPACE = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const WORD = /[A-Za-z0-9_.+-]+/y;
const ESCAPE = /\\(?:[abfnrtv\\/"]|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;
const NAMED: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The words, strings and marks of a policy's text. */
export class Scanner {
  constructor(private readonly text: string) {}

  /** The first token from a position on, behind spaces and comments. @throws {@link PolicyTextError} */
  read(from: number): Token {
    const at = from + (this.match(SPACE, from) ?? '').length;
    const character = this.text[at];
    if (character === undefined) return { kind: 'end', text: '', at, end: at };
    if (character === '"') return this.string(at);
    const word = this.match(WORD, at);
    if (word !== undefined) return { kind: 'word', text: word, at, end: at + word.length };
    if (!'{}[]=:,'.includes(character)) this.fail('illegal char', at);
    return { kind: 'mark', text: character, at, end: at + 1 };
  }

  /** @throws {@link PolicyTextError} always: `At <line>:<column>: <problem>` */
  fail(problem: string, at: number): never {
    const { line, column } = this.position(at);
    throw new PolicyTextError(`At ${line}:${column}: ${problem}`);
  }

  /** Counted from 1. */
  position(at: number): { readonly line: number; readonly column: number } {
    const lines = this.text.slice(0, at).split('\n');
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  }

  /** Within `${…}` neither quotes nor backslashes mean anything, and it is kept as it stands: so HCL 1 has it. */
  private string(start: number): Token {
    let [value, braces, at] = ['', 0, start + 1];
    for (;;) {
      const character = this.text[at];
      if (character === undefined || (character === '\n' && braces === 0))
        return this.fail('literal not terminated', start);
      if (character === '"' && braces === 0) return { kind: 'string', text: value, at: start, end: at + 1 };
      const opens = braces === 0 && this.text.startsWith('${', at);
      if (opens || (character === '{' && braces > 0)) braces += 1;
      else if (character === '}' && braces > 0) braces -= 1;
      const escaped = braces === 0 && character === '\\';
      const raw = opens
        ? '${'
        : escaped
          ? (this.match(ESCAPE, at) ?? this.fail('illegal char escape', at))
          : character;
      value += escaped ? unescaped(raw) : raw;
      at += raw.length;
    }
  }

  private match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0];
  }
}

function unescaped(sequence: string): string {
  const letter = sequence[1] ?? '';
  if (/[0-7]/.test(letter)) return String.fromCodePoint(Number.parseInt(sequence.slice(1), 8));
  if (!/[xuU]/.test(letter)) return NAMED[letter] ?? letter;
  const code = Number.parseInt(sequence.slice(2), 16);
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}
