/** The values that an expression of GitHub's workflows knows: `github`, `matrix`, `needs`, `steps`, `env`, `inputs`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** Functions by name. */
export type Functions = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/**
 * Evaluates an expression of GitHub's workflows, as much as ours use: literals, contexts, `! == != && ||`, parentheses and
 * functions. What a context does not have is null.
 *
 * @throws Error for anything else
 */
export function evaluate(text: string, contexts: Contexts, functions: Functions): unknown {
  const parser = new Parser(tokensOf(text), contexts, functions);
  const value = parser.or();
  parser.end();
  return value;
}

/** Replaces each `${{ … }}` of a text; a text that is one expression keeps its type. */
export function interpolate(text: string, contexts: Contexts, functions: Functions): unknown {
  const whole = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(text.trim());
  if (whole?.[1] !== undefined) return evaluate(whole[1], contexts, functions);
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) =>
    textOf(evaluate(inner, contexts, functions)),
  );
}

/** The text of a value, as GitHub writes it. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function isTrue(value: unknown): boolean {
  return !(value === null || value === undefined || value === false || value === '' || value === 0);
}

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'sign';
  readonly text: string;
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w-]*)|(==|!=|&&|\|\||[!()[\].,*]))/y;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trim();
  while (TOKEN.lastIndex < trimmed.length) {
    const at = TOKEN.lastIndex;
    const [, quoted, number, name, sign] = TOKEN.exec(trimmed) ?? [];
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else throw new Error(`not understood: ${trimmed.slice(at)}`);
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly contexts: Contexts,
    private readonly functions: Functions,
  ) {}

  end(): void {
    if (this.at < this.tokens.length) throw new Error(`not understood: ${this.tokens[this.at]?.text}`);
  }

  or(): unknown {
    let left = this.and();
    while (this.takes('||')) {
      const right = this.and();
      left = isTrue(left) ? left : right;
    }
    return left;
  }

  private and(): unknown {
    let left = this.equal();
    while (this.takes('&&')) {
      const right = this.equal();
      left = isTrue(left) ? right : left;
    }
    return left;
  }

  private equal(): unknown {
    const left = this.not();
    if (this.takes('==')) return isSame(left, this.not());
    if (this.takes('!=')) return !isSame(left, this.not());
    return left;
  }

  private not(): unknown {
    return this.takes('!') ? !isTrue(this.not()) : this.path(this.value());
  }

  private path(value: unknown): unknown {
    if (this.takes('.')) return this.path(memberOf(value, this.next().text));
    if (!this.takes('[')) return value;
    const index = textOf(this.or());
    this.must(']');
    return this.path(memberOf(value, index));
  }

  private value(): unknown {
    const { kind, text } = this.next();
    if (kind === 'text') return text;
    if (kind === 'number') return Number(text);
    if (text === '(') {
      const value = this.or();
      this.must(')');
      return value;
    }
    if (kind === 'sign') throw new Error(`not understood: ${text}`);
    if (this.takes('(')) return this.call(text);
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    if (!(text in this.contexts)) throw new Error(`there is no context ${text}`);
    return this.contexts[text];
  }

  private call(name: string): unknown {
    const args: unknown[] = [];
    while (!this.takes(')')) {
      args.push(this.or());
      this.takes(',');
    }
    const called = this.functions[name];
    if (called === undefined) throw new Error(`there is no function ${name}`);
    return called(...args);
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error('the expression ends too early');
    return token;
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    this.at += 1;
    return true;
  }

  private must(sign: string): void {
    if (!this.takes(sign)) throw new Error(`${sign} is missing`);
  }
}

/** Texts are compared without their case. */
function isSame(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string')
    return left.toLowerCase() === right.toLowerCase();
  if ((left ?? null) === null || (right ?? null) === null) return (left ?? null) === (right ?? null);
  return typeof left === typeof right ? left === right : Number(left) === Number(right);
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return (value as Readonly<Record<string, unknown>>)[name] ?? null;
}
