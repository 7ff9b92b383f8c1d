import { shownPath } from '../base/files';
import type { EventError } from '../scripts/report/events';
import type { Diagnostic } from './messages';

/** An error of Terraform in one line: where, the cloud's own code, and its words. */
export function shortError(diagnostic: Diagnostic): EventError {
  const text = `${diagnostic.summary}\n${diagnostic.detail}`;
  const cloud =
    /api error ([A-Za-z0-9.]+): ([^\n]+)/.exec(text) ??
    /\b([A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)*): ([^\n]+)\n\s*status code: \d+/.exec(text);
  const plain = [diagnostic.summary, diagnostic.detail.trim().split(/\n\n|\n\s*Lock Info:/)[0] ?? '']
    .filter((part) => part !== '')
    .join(': ');
  return {
    ...(diagnostic.address === undefined ? {} : { address: diagnostic.address }),
    ...(cloud === null ? {} : { code: cloud[1] as string }),
    message: (cloud === null ? plain : (cloud[2] as string)).replace(/\s*\n\s*/g, ' '),
  };
}

/** The line for people. */
export function errorLine(error: EventError): string {
  return [error.address, error.code, error.message]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
}

/**
 * What to say beyond Terraform's own words about errors that have a known way out; nothing is done about them by itself.
 * `folder` is the stack's.
 */
export function wayOut(diagnostics: readonly Diagnostic[], folder: string): readonly string[] {
  const chdir = `terraform -chdir=${shownPath(folder)}`;
  const ways = diagnostics.flatMap((diagnostic) => {
    const text = `${diagnostic.summary}\n${diagnostic.detail}`;
    if (/acquiring the state lock/i.test(text)) {
      const field = (name: string) =>
        new RegExp(`^\\s*${name}:\\s+(.+)$`, 'm').exec(text)?.[1]?.trim() ?? 'unknown';
      return [
        `its state is locked by ${field('Who')} since ${field('Created')} (${field('Operation')}): wait for that run to end`,
        `if it is dead for certain: ${chdir} force-unlock ${field('ID')}`,
      ];
    }
    if (/backend (configuration|type) changed|backend initialization required/i.test(text)) {
      return [
        `its backend is another one than before; to move the state there: ${chdir} init -migrate-state`,
      ];
    }
    if (/no valid credential sources|failed to refresh cached credentials|ExpiredToken/i.test(text)) {
      return [
        'the credentials are missing or have expired: set AWS_PROFILE, or providers.aws.profile in the catalog',
      ];
    }
    if (
      /InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|UnrecognizedClientException/.test(text)
    ) {
      return [
        'the credentials are wrong: where they are kept in Vault, store them again (kakehashi secret put), both of one key',
      ];
    }
    if (/api error [A-Za-z.]*(Duplicate|AlreadyExists)[A-Za-z.]*:/.test(text)) return [ALREADY_THERE];
    return [];
  });
  return [...new Set(ways)];
}

/** What a killed run leaves: the cloud made it, and no state was told. */
const ALREADY_THERE =
  'it exists but is in no state, as a killed run leaves it: import or remove it; in the sandbox: kakehashi sandbox reset';
