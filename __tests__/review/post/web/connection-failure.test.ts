import { connectionFailure, isPassing } from '../../../../review/post/web/connection-failure';

/** As `fetch` throws it. */
function failed(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('Bearer ghs_sEcReT'), { code }) });
}

it.each<[string, string, boolean, string]>([
  [
    'ECONNREFUSED',
    'unreachable',
    true,
    'nothing listens there (ECONNREFUSED); check the address and its port',
  ],
  [
    'ENOTFOUND',
    'unreachable',
    false,
    'its name is unknown (ENOTFOUND); check the address, or the resolver of this machine',
  ],
  [
    'EAI_AGAIN',
    'unreachable',
    true,
    'its name could not be resolved (EAI_AGAIN); check the resolver of this machine',
  ],
  [
    'UND_ERR_CONNECT_TIMEOUT',
    'unreachable',
    true,
    'there is no answer (UND_ERR_CONNECT_TIMEOUT); check the network between this machine and the server',
  ],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'tls',
    false,
    'its certificate is not accepted (DEPTH_ZERO_SELF_SIGNED_CERT); name the file of its authority in NODE_EXTRA_CA_CERTS, or correct the certificate on the server',
  ],
  [
    'CERT_HAS_EXPIRED',
    'tls',
    false,
    'its certificate is not accepted (CERT_HAS_EXPIRED); name the file of its authority in NODE_EXTRA_CA_CERTS, or correct the certificate on the server',
  ],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'tls',
    false,
    'its certificate is not accepted (ERR_TLS_CERT_ALTNAME_INVALID); name the file of its authority in NODE_EXTRA_CA_CERTS, or correct the certificate on the server',
  ],
])('%s is said in words, without what the error quotes', (code, kind, passes, text) => {
  const error = failed(code);
  const failure = connectionFailure('GitHub at https://ghe.example', error);
  expect(failure.code).toBe(kind);
  expect(failure.message).toBe(`GitHub at https://ghe.example: ${text}`);
  expect(isPassing(error)).toBe(passes);
});

it('takes the first cause of several addresses', () => {
  const both = new AggregateError([failed('ECONNREFUSED'), failed('ENETUNREACH')]);
  expect(connectionFailure('x', new TypeError('fetch failed', { cause: both })).message).toContain(
    'ECONNREFUSED',
  );
});
