import { Document, isMap, parseDocument, YAMLMap } from 'yaml';

/** Texts that a YAML 1.1 reader (PyYAML) would take for something else are quoted too. */
const YAML = { version: '1.2', compat: 'yaml-1.1' } as const;

/** A YAML file whose root is a map, with the comments and the style that it has. */
export interface YamlFile {
  readonly document: Pick<Document, 'toJS' | 'toString'>;
  readonly root: YAMLMap;
}

export function emptyYaml(): YamlFile {
  const root = new YAMLMap();
  return { document: new Document(root, YAML), root };
}

/** Reads a file that can be updated; undefined where it has errors, or is no map. */
export function readYaml(text: string): YamlFile | undefined {
  const document = parseDocument(text, { ...YAML, logLevel: 'silent', uniqueKeys: true });
  const root: unknown = document.contents;
  return document.errors.length === 0 && isMap(root) ? { document, root } : undefined;
}
