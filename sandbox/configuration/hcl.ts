/** A block of a configuration, with the names of its own arguments and blocks; those of blocks inside it are left out. */
export interface SetBlock {
  /** `resource`, `data`, `provider` and so on. */
  readonly kind: string;
  /** `aws_vpc` of a resource; empty for a block without labels. */
  readonly type: string;
  readonly names: readonly string[];
}

/** Comments, heredocs, texts, words, signs that open or close something, and line ends. Anything else is skipped. */
const TOKEN =
  /#.*|\/\/.*|\/\*[\s\S]*?\*\/|<<-?([A-Za-z_][\w-]*)[^\n]*\n[\s\S]*?^\s*\1\b|"|[A-Za-z_][\w-]*|[{}()[\]]|=|\n/gm;

/** The end of a text that begins with a quote, with the expressions in it. */
function endOfText(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const sign = source[at];
    if (sign === '\\') at++;
    else if ((sign === '$' || sign === '%') && source[at + 1] === '{') {
      depth++;
      at++;
    } else if (depth > 0 && sign === '{') depth++;
    else if (depth > 0 && sign === '}') depth--;
    else if (sign === '"') {
      if (depth === 0) return at + 1;
      at = endOfText(source, at + 1) - 1;
    } else if (sign === '\n' && depth === 0) return at;
  }
  return source.length;
}

/**
 * The blocks at the top of a file in Terraform's language.
 *
 * Only names are read, not expressions. Terraform checks the syntax itself; what is wrong in a file gives fewer blocks.
 */
export function blocksOf(source: string): readonly SetBlock[] {
  const blocks: SetBlock[] = [];
  const tokens = new RegExp(TOKEN);
  let depth = 0;
  let line: string[] = [];
  let names: string[] = [];
  for (let token = tokens.exec(source); token !== null; token = tokens.exec(source)) {
    const [text] = token;
    if (text === '"') {
      const end = endOfText(source, tokens.lastIndex);
      if (depth === 0) line.push(source.slice(tokens.lastIndex, end - 1));
      tokens.lastIndex = end;
    } else if (text === '\n') line = [];
    else if (text === '=') {
      if (depth === 1 && line.length === 1) names.push(...line);
      line.push(text);
    } else if (/^[{([]$/.test(text)) {
      if (depth === 0) names = [];
      else if (depth === 1 && text === '{' && line[0] !== undefined && !line.includes('='))
        names.push(line[0]);
      depth++;
      if (depth === 1) blocks.push({ kind: line[0] ?? '', type: line[1] ?? '', names });
      line = depth === 1 ? [] : [...line, '='];
    } else if (/^[})\]]$/.test(text)) depth = Math.max(0, depth - 1);
    else if (/^[A-Za-z_]/.test(text)) line.push(text);
  }
  return blocks;
}
