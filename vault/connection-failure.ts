import { VaultError } from './vault-error';

/** How a server is called in messages. */
export function vaultAt(address: URL): string {
  return `vault at ${address.origin}`;
}

export function tooSlow(address: URL, timeoutMs: number): VaultError {
  return new VaultError(
    'unreachable',
    `${vaultAt(address)}: no answer within ${timeoutMs / 1000} s; check the address, and that no firewall drops port ${portOf(address)}`,
  );
}

export function tooLarge(address: URL, largest: number): VaultError {
  return new VaultError(
    'too-large',
    `${vaultAt(address)}: its answer is larger than ${largest / 1024 / 1024} MiB and was not read; a secret is a short text`,
  );
}

export function cutOff(address: URL): VaultError {
  return new VaultError(
    'unreachable',
    `${vaultAt(address)}: the connection ended within the answer; try again, and look at what is between here and there`,
  );
}

export function redirected(address: URL, status: number): VaultError {
  return new VaultError(
    'redirect',
    `${vaultAt(address)}: it sends us elsewhere (${status}), and a token is not taken there; give the address of the Vault itself`,
  );
}

/** What an error of the network or of TLS means, in one line. */
export function connectionTrouble(address: URL, error: Error): VaultError {
  if (error instanceof VaultError) return error;
  const code = codeOf(error);
  const where = vaultAt(address);
  const tls = tlsTrouble(address, error, code);
  if (tls !== undefined) return new VaultError('tls', `${where}: ${tls}`);
  return new VaultError('unreachable', `${where}: ${networkTrouble(address, code)}`);
}

/** Codes of OpenSSL for a chain that does not end at an authority that we trust. */
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

function tlsTrouble(address: URL, error: Error, code: string): string | undefined {
  const untrusted = UNTRUSTED[code];
  if (untrusted !== undefined) {
    return `its certificate is not trusted (${untrusted}); give the file of its authority: vault.ca_file in the catalog, or VAULT_CACERT`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `its certificate is for another name than ${address.hostname}; use an address that it names`;
  }
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired; renew it on the server';
  if (code === 'CERT_NOT_YET_VALID')
    return "its certificate is not valid yet; check this machine's clock and the server's";
  if (/wrong version number|packet length too long|http request/i.test(error.message)) {
    return 'it speaks http, not https; correct the address, or the server';
  }
  if (code.startsWith('HPE_'))
    return 'what answers there does not speak http; correct the address or its port';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return `no TLS connection comes about (${reasonOf(error, code)}); look at the server's log`;
  return undefined;
}

function networkTrouble(address: URL, code: string): string {
  const host = address.hostname;
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there (ECONNREFUSED); check the address and its port, and that Vault runs';
    case 'ENOTFOUND':
      return `the name ${host} is unknown (ENOTFOUND); correct the address, or the name service`;
    case 'EAI_AGAIN':
      return `the name service does not answer about ${host} (EAI_AGAIN); check this machine's network`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return `no route to it (${code}); check the VPN and this machine's network`;
    case 'ETIMEDOUT':
      return `no answer (ETIMEDOUT); check the address, and that no firewall drops port ${portOf(address)}`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `it hangs up (${code}); ${address.protocol === 'http:' ? 'perhaps it speaks https' : 'check its port'}`;
    default:
      return `can't be reached (${code}); check the address`;
  }
}

/** The reason that OpenSSL gives, without its own file names. */
function reasonOf(error: Error, code: string): string {
  return 'reason' in error && typeof error.reason === 'string' ? error.reason.slice(0, 80) : code;
}

/** An attempt at several addresses of a name fails with one error that holds the others. */
function codeOf(error: Error): string {
  const all = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  const [first] = all.filter((one) => one instanceof Error);
  const own = (error as NodeJS.ErrnoException).code;
  return own ?? (first === undefined ? 'unknown' : ((first as NodeJS.ErrnoException).code ?? 'unknown'));
}

function portOf(address: URL): string {
  return address.port !== '' ? address.port : address.protocol === 'https:' ? '443' : '80';
}
