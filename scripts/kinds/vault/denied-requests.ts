import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import type { Diagnostic } from '../../../terraform/messages';
import type { VaultTarget } from '../../../vault/answer';
import { neededRules } from '../../../vault/needed-rule';
import type { Explained } from '../kind';

/** How the provider writes an answer of the server into its error. */
const REFUSED = /URL: ([A-Z]+) \S+?\/v1\/(\S+)\s+Code: 403\. Errors:\s+(\* [\s\S]*)/;

/** How many paths a line names. */
const NAMED = 6;

interface Refused {
  readonly diagnostic: Diagnostic;
  readonly request: VaultTarget;
  /** Whether the policies of a valid token refuse it (docs/reference/vault.md); else the token itself is refused. */
  readonly isDenied: boolean;
}

/**
 * Puts the 403s of the Vault provider together: one line for what the token's policies refuse, whatever the number of
 * resources, and one for a token that is not accepted.
 */
export function explainDenied(diagnostics: readonly Diagnostic[]): Explained {
  const refused = diagnostics.flatMap(refusedBy);
  const denied = refused.filter(({ isDenied }) => isDenied).map(({ request }) => request);
  const distinct = denied.filter(
    ({ method, path }, index) =>
      denied.findIndex((other) => other.method === method && other.path === path) === index,
  );
  const lines = [
    ...(distinct.length === 0 ? [] : [deniedLine(distinct), `help: ${neededRules(distinct)}`]),
    ...(refused.length === denied.length
      ? []
      : [
          'the server does not accept the token: it is wrong, revoked or expired (403)',
          'help: give a valid one: VAULT_TOKEN or ~/.vault-token',
        ]),
  ];
  const explained = new Set(refused.map(({ diagnostic }) => diagnostic));
  return { lines, rest: diagnostics.filter((one) => !explained.has(one)) };
}

function refusedBy(diagnostic: Diagnostic): readonly Refused[] {
  const [, method = '', path = '', errors = ''] =
    REFUSED.exec(`${diagnostic.summary}\n${diagnostic.detail}`) ?? [];
  if (method === '') return [];
  const isDenied = /1 error occurred/.test(errors) && !/invalid token/.test(errors);
  const isList = method === 'LIST' || /[?&]list=true/.test(path);
  const request = {
    method: isList ? 'LIST' : method,
    path: decodeURIComponent(path.replace(/\?.*$/, '')).replace(/\/$/, ''),
  };
  return [{ diagnostic, request, isDenied }];
}

function deniedLine(requests: readonly VaultTarget[]): string {
  const paths = [...new Set(requests.map(({ path }) => path))];
  const more = paths.length - NAMED;
  const named = more > 1 ? [...paths.slice(0, NAMED), `${more} more`] : paths;
  return `the token's policies refuse ${counted(requests.length, 'request')} (403): ${listed(named)}`;
}
