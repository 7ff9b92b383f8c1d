/** A part of a JSON text that is about a resource: an object with its address. */
interface Part {
  readonly first: number;
  readonly last: number;
  readonly address: string;
}

/** An address of a resource, and no other value that is called `address`. */
const WHOLE_ADDRESS =
  /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*(?:\[.*\])?$/;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}\n:]/g;

/**
 * The resource that a line of `terraform show -json <plan>` is about; undefined where it is about none, or about several, as in a file of
 * one line. The text is read once for all lines.
 */
export function addressesInPlan(text: string): (line: number) => string | undefined {
  const parts = partsOf(text);
  return (line) => {
    const around = parts.filter(({ first, last }) => first <= line && line <= last);
    const least = Math.min(...around.map(({ first, last }) => last - first));
    const nearest = new Set(
      around.filter(({ first, last }) => last - first === least).map(({ address }) => address),
    );
    return nearest.size === 1 ? [...nearest][0] : undefined;
  };
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  const open: { readonly first: number; address?: string }[] = [];
  let line = 1;
  let before = '';
  let key = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line += 1;
    else if (token === '{') open.push({ first: line });
    else if (token === '}') {
      const { first, address } = open.pop() ?? { first: line };
      if (address !== undefined) parts.push({ first, last: line, address });
    } else if (token === ':') key = before;
    else if (key === '"address"') {
      const value = unquoted(token);
      const top = open.at(-1);
      if (top !== undefined && WHOLE_ADDRESS.test(value)) top.address = value;
    }
    if (token === '\n' || token === ':') continue;
    if (before === key) key = '';
    before = token;
  }
  return parts;
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return '';
  }
}
