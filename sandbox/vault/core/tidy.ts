import type { Answer } from '../request/exchange';
import type { Call } from './route';

/** The answer to a tidy operation. Expired records are deleted whenever they are met, so that nothing is left to do. */
export function tidied({ vault }: Call): Answer {
  const server = vault.kind === 'openbao' ? 'OpenBao' : 'Vault';
  return {
    status: 202,
    data: null,
    warnings: [
      `Tidy operation successfully started. Any information from the operation will be printed to ${server}'s server logs.`,
    ],
  };
}
