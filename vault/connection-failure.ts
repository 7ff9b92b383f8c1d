import { VaultError } from './vault-error';

/** How messages name a server. */
export function vaultAt(address: URL): string {
  return `vault at ${address.origin}`;
}

export function tooSlow(address: URL, timeoutMs: number): VaultError {
  return new VaultError('unreachable', {
    where: vaultAt(address),
    summary: `no answer within ${timeoutMs / 1000} s`,
    fixes: [checkRoute(address)],
  });
}

export function tooLarge(address: URL, largest: number): VaultError {
  return new VaultError('too-large', {
    where: vaultAt(address),
    summary: `its answer is larger than ${largest / 1024 / 1024} MiB and was not read; a secret is a short text`,
  });
}

export function cutOff(address: URL): VaultError {
  return new VaultError('unreachable', {
    where: vaultAt(address),
    summary: 'the connection ended within the answer',
    fixes: ['try again, and check the proxies and firewalls between this machine and the server'],
  });
}

export function redirected(address: URL, status: number): VaultError {
  return new VaultError('redirect', {
    where: vaultAt(address),
    summary: `it redirects to another server (${status}), and a token is not sent there`,
    fixes: ['give the address of the Vault itself'],
  });
}

/** The error of a request that failed in the network or in TLS. */
export function connectionFailure(address: URL, error: Error): VaultError {
  if (error instanceof VaultError) return error;
  const code = codeOf(error);
  const where = vaultAt(address);
  const tls = tlsCause(address, error, code);
  const { summary, fix } = tls ?? networkCause(address, code);
  return new VaultError(tls === undefined ? 'unreachable' : 'tls', { where, summary, fixes: [fix] });
}

interface Cause {
  readonly summary: string;
  readonly fix: string;
}

/** Codes of OpenSSL for a chain that does not end at an authority that is trusted. */
const UNTRUSTED: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'signed by an authority of its own',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'signed by an unknown authority',
  CERT_SIGNATURE_FAILURE: 'not signed by the authority that it names',
  CERT_UNTRUSTED: 'signed by an untrusted authority',
  INVALID_CA: 'signed by a certificate that is no authority',
  INVALID_PURPOSE: 'not meant for a server',
};

function tlsCause(address: URL, error: Error, code: string): Cause | undefined {
  const untrusted = UNTRUSTED[code];
  if (untrusted !== undefined) {
    return {
      summary: `its certificate is not trusted (${untrusted})`,
      fix: 'give the file of its authority: vault.ca_file in the catalog, or VAULT_CACERT',
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      summary: `its certificate is for another name than ${address.hostname}`,
      fix: 'use an address that it names',
    };
  }
  if (code === 'CERT_HAS_EXPIRED')
    return { summary: 'its certificate has expired', fix: 'renew it on the server' };
  if (code === 'CERT_NOT_YET_VALID') {
    return {
      summary: 'its certificate is not valid yet',
      fix: "check this machine's clock and the server's",
    };
  }
  if (/wrong version number|packet length too long|http request/i.test(error.message))
    return { summary: 'it speaks http, not https', fix: 'correct the address, or the server' };
  if (code.startsWith('HPE_'))
    return { summary: 'what answers there does not speak http', fix: 'correct the address or its port' };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return {
      summary: `the TLS connection failed (${reasonOf(error, code)})`,
      fix: "look at the server's log",
    };
  }
  return undefined;
}

function networkCause(address: URL, code: string): Cause {
  const host = address.hostname;
  switch (code) {
    case 'ECONNREFUSED':
      return {
        summary: 'nothing listens there (ECONNREFUSED)',
        fix: 'check the address and its port, and that Vault runs',
      };
    case 'ENOTFOUND':
      return {
        summary: `the name ${host} is unknown (ENOTFOUND)`,
        fix: 'correct the address, or the name service',
      };
    case 'EAI_AGAIN':
      return {
        summary: `the name service does not answer about ${host} (EAI_AGAIN)`,
        fix: "check this machine's network",
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return { summary: `no route to it (${code})`, fix: "check the VPN and this machine's network" };
    case 'ETIMEDOUT':
      return { summary: 'no answer (ETIMEDOUT)', fix: checkRoute(address) };
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        summary: `it closed the connection (${code})`,
        fix: address.protocol === 'http:' ? 'perhaps it speaks https' : 'check its port',
      };
    default:
      return { summary: `can't be reached (${code})`, fix: 'check the address' };
  }
}

function checkRoute(address: URL): string {
  return `check the address, and that no firewall drops port ${portOf(address)}`;
}

/** The reason that OpenSSL gives, without its own file names. */
function reasonOf(error: Error, code: string): string {
  return 'reason' in error && typeof error.reason === 'string' ? error.reason.slice(0, 80) : code;
}

/** The system's code of an error. An attempt at several addresses of a name fails with one error that holds the others. */
function codeOf(error: Error): string {
  const all = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  const [first] = all.filter((one) => one instanceof Error);
  const own = (error as NodeJS.ErrnoException).code;
  return own ?? (first === undefined ? 'unknown' : ((first as NodeJS.ErrnoException).code ?? 'unknown'));
}

function portOf(address: URL): string {
  return address.port !== '' ? address.port : address.protocol === 'https:' ? '443' : '80';
}
