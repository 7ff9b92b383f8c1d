/** A value of a cloud-config document. */
export type ConfigValue = string | number | boolean | ConfigList | ConfigMapping;

type ConfigList = readonly ConfigValue[];

interface ConfigMapping {
  readonly [key: string]: ConfigValue;
}

/**
 * A cloud-config document: `#cloud-config` and YAML (cloudinit.readthedocs.io, "Cloud config data").
 *
 * Texts of several lines are written as they are, others in double quotes, so that no YAML parser takes one for something else.
 */
export function cloudConfig(values: Readonly<Record<string, ConfigValue>>): string {
  return `#cloud-config\n${mapping(values, '').join('\n')}\n`;
}

function mapping(values: ConfigMapping, indent: string): string[] {
  return Object.entries(values).flatMap(([key, value]) => attached(`${indent}${key}:`, value, indent));
}

/** A value behind its key, on the same line if it is a scalar. */
function attached(before: string, value: ConfigValue, indent: string): string[] {
  if (typeof value === 'string' && isBlock(value))
    return [`${before} |`, ...blockLines(value, `${indent}  `)];
  return typeof value === 'object'
    ? [before, ...collection(value, `${indent}  `)]
    : [`${before} ${scalar(value)}`];
}

function collection(values: ConfigList | ConfigMapping, indent: string): string[] {
  if (!isList(values)) return mapping(values, indent);
  return values.flatMap((value) => {
    if (typeof value !== 'object') return [`${indent}- ${scalar(value)}`];
    const [first = '', ...rest] = collection(value, `${indent}  `);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

function isList(values: ConfigList | ConfigMapping): values is ConfigList {
  return Array.isArray(values);
}

/** Whether a block scalar holds the text exactly: visible ASCII, one line end at its end, no blank in front of the first line. */
function isBlock(text: string): boolean {
  return /^[!-~][\t\n -~]*\n$/.test(text) && !text.endsWith('\n\n');
}

function blockLines(text: string, indent: string): string[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}${line}`));
}

/** In double quotes with YAML's escapes, which for ASCII are JSON's. */
function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value).replace(/[\u007f-\u{10ffff}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
