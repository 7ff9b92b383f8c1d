import { constants } from 'node:http2';

interface Closable {
  close(code: number): void;
}

function isClosable(value: unknown): value is Closable {
  return typeof value === 'object' && value !== null && 'close' in value && typeof value.close === 'function';
}

/**
 * Resets the HTTP/2 stream of a call, so that the caller gets neither an answer nor a status.
 *
 * grpc-js has no public way to do so; where its inner parts have changed, this answers false and the caller of this
 * function sends a status instead.
 */
export function endStream(call: object): boolean {
  const inner: unknown = Reflect.get(call, 'call');
  const stream: unknown =
    typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'stream') : undefined;
  if (!isClosable(stream)) return false;
  stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  return true;
}
