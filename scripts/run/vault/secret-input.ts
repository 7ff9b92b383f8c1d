import { Failure } from '../../../base/errors';
import { askHidden, canAsk } from '../../../base/hidden-prompt';
import type { SecretReference } from '../../../model/vault/secret-reference';

/** The largest value that is taken, in bytes. */
const LARGEST = 512 * 1024;

/**
 * The value of a secret, from a hidden prompt where stdin is a terminal, else all of stdin without one newline at its end
 * (so that `echo` and files work; a value that ends in a newline can't be given).
 *
 * @throws {@link Failure} for an empty, an oversized or a binary value; nothing of it is shown
 */
export async function secretInput(reference: SecretReference, stop: AbortSignal): Promise<string> {
  const value = canAsk() ? await typed(reference, stop) : textOf(await allOf(process.stdin));
  if (value === '') throw new Failure('the value is empty; nothing was written');
  return value;
}

async function typed(reference: SecretReference, stop: AbortSignal): Promise<string> {
  const value = await askHidden({
    text: `Value of ${reference}`,
    severalLines: `give it by stdin: kakehashi secret put ${reference} < file`,
    stop,
  });
  if (/\p{Cc}/u.test(value)) throw new Failure('the value holds control characters; nothing was written');
  return value;
}

async function allOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > LARGEST)
      throw new Failure(`the value is larger than ${LARGEST / 1024} KiB; nothing was written`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Buffer): string {
  const fix = 'encode it first, for instance with base64';
  if (bytes.includes(0)) throw new Failure(`the value is no text; nothing was written; ${fix}`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch {
    throw new Failure(`the value is no UTF-8 text; nothing was written; ${fix}`);
  }
}
