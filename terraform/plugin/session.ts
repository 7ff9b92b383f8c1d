import type { Http2Session } from 'node:http2';

/** Bytes that a peer may send ahead on one stream: the schemas of large providers have several megabytes. */
const STREAM_WINDOW = 4 * 1024 * 1024;

/** The same for all the streams of a connection together. */
const SESSION_WINDOW = 16 * 1024 * 1024;

/** Settings of both ends of a connection. */
export const SESSION_OPTIONS = {
  settings: { initialWindowSize: STREAM_WINDOW, enablePush: false },
  /** Megabytes. Node refuses new streams above it, and its default of 10 is less than two large schemas. */
  maxSessionMemory: 4096,
} as const;

/** Opens the flow-control window of a connection, which HTTP/2 begins with 64 KiB. */
export function widenWindow(session: Http2Session): void {
  session.setLocalWindowSize(SESSION_WINDOW);
}
