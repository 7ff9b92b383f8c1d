/** The name of the schema, which lies beside the catalogs. */
export const SCHEMA_NAME = 'catalog.schema.json';

/** The first line of a catalog: the schema's path is relative to the catalog itself. */
export const MODELINE = `# yaml-language-server: $schema=./${SCHEMA_NAME}`;

/** A line that names a schema, wherever that is. */
const ANY_MODELINE = /^#\s*yaml-language-server:.*(?:\r?\n|$)/m;

/** A text with our line as the first one, and no other of its kind. Its line ends stay as they are. */
export function withModeline(text: string): string {
  const plain = text.replace(/^\ufeff/, '');
  const end = plain.includes('\r\n') ? '\r\n' : '\n';
  return `${MODELINE}${end}${plain.replace(ANY_MODELINE, '')}`;
}
