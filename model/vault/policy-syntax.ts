import { Scanner, type Token } from './policy-scanner';

export type PolicyValue = string | number | boolean | null | readonly PolicyValue[] | PolicyObject;

/** `key = value`, or `key "label" { … }`. */
export interface PolicyItem {
  /** The key, then its labels. */
  readonly keys: readonly string[];
  readonly value: PolicyValue;
  /** Where the key stands, counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Where the value stands. */
  readonly valueAt: { readonly line: number; readonly column: number };
}

/** What stands between braces, in its order; a key may come more than once. */
export class PolicyObject {
  constructor(readonly items: readonly PolicyItem[]) {}
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** How deep braces and brackets may be nested: no policy needs more, and a hostile one must not end the process. */
const DEEPEST = 20;

/**
 * Reads the language of policies: HCL 1, and JSON as far as it is the same with `:` for `=`. Heredocs are left out.
 *
 * @throws {@link PolicyTextError} with line and column, in words near the server's
 */
export function parsePolicySyntax(text: string): PolicyObject {
  return new Reader(new Scanner(text)).root();
}

class Reader {
  private next: Token;

  constructor(private readonly scanner: Scanner) {
    this.next = scanner.read(0);
  }

  root(): PolicyObject {
    const root = this.isMark('{') ? this.value(0) : new PolicyObject(this.items(0));
    if (this.next.kind !== 'end') this.fail(`unexpected ${JSON.stringify(this.next.text)}`);
    return root as PolicyObject;
  }

  private items(depth: number): readonly PolicyItem[] {
    const items: PolicyItem[] = [];
    while (this.isKey()) {
      const position = this.scanner.position(this.next.at);
      const keys: string[] = [];
      while (this.isKey()) keys.push(this.take().text);
      if (this.isMark('=') || this.isMark(':')) this.take();
      else if (!this.isMark('{'))
        this.fail(`key '${keys.join(' ')}' expected start of object ('{') or assignment ('=')`);
      const valueAt = this.scanner.position(this.next.at);
      items.push({ keys, value: this.value(depth), ...position, valueAt });
      if (this.isMark(',')) this.take();
    }
    return items;
  }

  private value(depth: number): PolicyValue {
    if (depth > DEEPEST) this.fail('nested too deeply');
    const token = this.take();
    if (token.kind === 'string') return token.text;
    if (token.kind === 'word') return this.word(token);
    if (token.text === '{') return this.object(depth);
    if (token.text === '[') return this.list(depth);
    return this.fail('expected a value', token);
  }

  private object(depth: number): PolicyObject {
    const object = new PolicyObject(this.items(depth + 1));
    if (!this.isMark('}')) this.fail('object expected closing RBRACE');
    this.take();
    return object;
  }

  private list(depth: number): readonly PolicyValue[] {
    const list: PolicyValue[] = [];
    while (!this.isMark(']')) {
      if (this.next.text === 'null' && this.next.kind === 'word')
        this.fail('unexpected token while parsing list: IDENT');
      list.push(this.value(depth + 1));
      if (this.isMark(',')) this.take();
      else if (!this.isMark(']')) this.fail('error parsing list, expected comma or list end');
    }
    this.take();
    return list;
  }

  private word(token: Token): PolicyValue {
    const { text } = token;
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    if (NUMBER.test(text)) return Number(text);
    const { line, column } = this.scanner.position(token.at);
    return this.fail(`Unknown token: ${line}:${column} IDENT ${text}`, token);
  }

  private isKey(): boolean {
    return this.next.kind === 'word' || this.next.kind === 'string';
  }

  private isMark(text: string): boolean {
    return this.next.kind === 'mark' && this.next.text === text;
  }

  private take(): Token {
    const token = this.next;
    if (token.kind === 'end') this.fail('unexpected end');
    this.next = this.scanner.read(token.end);
    return token;
  }

  private fail(problem: string, token: Token = this.next): never {
    return this.scanner.fail(problem, token.at);
  }
}
