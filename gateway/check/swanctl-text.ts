/** The names of the sections in a top-level section of swanctl.conf(5): `connections`, `secrets`. */
export function sectionNames(text: string, parent: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  for (const [, comment, quoted, name, close] of text.matchAll(
    /(#[^\n]*)|("(?:[^"\\]|\\.)*")|([^\s{}#"=:,]+)\s*(?::[^{\n]*)?\{|(\})/g,
  )) {
    if (comment !== undefined || quoted !== undefined) continue;
    if (close !== undefined) open.pop();
    else if (name !== undefined) {
      if (open.length === 1 && open[0] === parent) names.push(name);
      open.push(name);
    }
  }
  return [...new Set(names)];
}
