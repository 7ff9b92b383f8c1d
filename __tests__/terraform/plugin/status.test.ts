import { constants } from 'node:http2';
import * as fc from 'fast-check';
import {
  decodeStatusMessage,
  encodeStatusMessage,
  GrpcError,
  Status,
  statusOfHttp,
  statusOfReset,
} from '../../../terraform/plugin/status';

describe('the header grpc-message', () => {
  it('is printable ASCII and gives the text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const header = encodeStatusMessage(text);
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        expect(decodeStatusMessage(header)).toBe(text);
      }),
    );
  });

  it('percent-encodes what the protocol says', () => {
    expect(encodeStatusMessage('100 % é\n')).toBe('100 %25 %C3%A9%0A');
  });

  it('keeps a percent sign that starts no sequence', () => {
    expect(decodeStatusMessage('50% of %zz%41')).toBe('50% of %zzA');
  });

  it('stays below the size that HTTP/2 implementations accept', () => {
    expect(encodeStatusMessage('語'.repeat(100_000)).length).toBeLessThan(64 * 1024);
  });
});

it('names the code of an error', () => {
  expect(new GrpcError(Status.UNAVAILABLE, 'gone').message).toBe('UNAVAILABLE: gone');
  expect(new GrpcError(99, 'odd').message).toBe('status 99: odd');
});

it.each([
  [constants.NGHTTP2_REFUSED_STREAM, Status.UNAVAILABLE],
  [constants.NGHTTP2_CANCEL, Status.CANCELLED],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM, Status.RESOURCE_EXHAUSTED],
  [constants.NGHTTP2_INADEQUATE_SECURITY, Status.PERMISSION_DENIED],
  [constants.NGHTTP2_NO_ERROR, Status.INTERNAL],
  [constants.NGHTTP2_PROTOCOL_ERROR, Status.INTERNAL],
])('a reset with code %d is status %d', (reset, status) => {
  expect(statusOfReset(reset)).toBe(status);
});

it.each([
  [400, Status.INTERNAL],
  [401, Status.UNAUTHENTICATED],
  [403, Status.PERMISSION_DENIED],
  [404, Status.UNIMPLEMENTED],
  [503, Status.UNAVAILABLE],
  [500, Status.UNKNOWN],
])('an answer with HTTP status %d is status %d', (http, status) => {
  expect(statusOfHttp(http)).toBe(status);
});
