import { UsageError } from '../../../base/errors';

/** A token and the variable that it is from. */
export interface Token {
  readonly variable: string;
  readonly value: string;
}

/**
 * The token of the first of these variables that is set.
 *
 * @throws {@link UsageError} where none is, or where it holds what no header may hold; the library would quote it then
 */
export function tokenOf(variables: NodeJS.ProcessEnv, names: readonly string[], needs: string): Token {
  for (const variable of names) {
    const value = (variables[variable] ?? '').trim();
    if (value === '') continue;
    if (!/^[\x21-\x7e]{1,4000}$/.test(value))
      throw new UsageError(`${variable}: holds a space, a line break or another character that no token has`);
    return { variable, value };
  }
  throw new UsageError(`${names.join(' or ')}: must hold a token with ${needs}`);
}

/** A text without the token, wherever it stands, also as it is in a URL or in base64. */
export function withoutToken(text: string, { value }: Token): string {
  const forms = [value, encodeURIComponent(value), Buffer.from(value, 'utf8').toString('base64')];
  return forms.reduce((masked, form) => masked.replaceAll(form, '***'), text);
}
