import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { frame, MessageReader, messagesIn, onlyMessage } from '../../../terraform/plugin/frames';
import { Status } from '../../../terraform/plugin/status';

/** Bytes cut at some places, as a connection may cut them. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

describe('messages on a stream', () => {
  it('come out as they went in, wherever the bytes are cut', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(messages, fc.array(fc.nat(), { maxLength: 12 }), (sent, places) => {
        const reader = new MessageReader();
        const chunks = cut(Buffer.concat(sent.map(frame)), places);
        const read = chunks.flatMap((chunk) => [...reader.push(chunk)]);
        reader.end();
        expect(read.map((message) => [...message])).toEqual(sent.map((message) => [...message]));
      }),
    );
  });

  it('are refused when compressed', () => {
    const compressed = frame(Buffer.from('x'));
    compressed[0] = 1;
    expect(() => [...new MessageReader().push(compressed)]).toThrow(
      expect.objectContaining({ code: Status.INTERNAL }),
    );
  });

  it('are refused by the length in their prefix, before their bytes are there', () => {
    const reader = new MessageReader(4);
    expect([...reader.push(frame(Buffer.from('four')))].map(String)).toEqual(['four']);
    expect(() => [...reader.push(frame(Buffer.from('fiver')).subarray(0, 5))]).toThrow(
      expect.objectContaining({
        code: Status.RESOURCE_EXHAUSTED,
        details: 'a message must have at most 4 bytes, got 5',
      }),
    );
  });

  it.each([3, 5, 7])('are not complete after %d of 8 bytes', async (length) => {
    const bytes = frame(Buffer.from('abc')).subarray(0, length);
    const read = async () => {
      for await (const message of messagesIn(Readable.from([bytes]))) void message;
    };
    await expect(read()).rejects.toMatchObject({
      code: Status.INTERNAL,
      details: 'the stream ended in the middle of a message',
    });
  });
});

describe('the message of a unary call', () => {
  async function* messages(...texts: string[]): AsyncGenerator<Buffer> {
    for (const text of texts) yield Buffer.from(text);
  }

  it('is the only one', async () => {
    expect(String(await onlyMessage(messages('a')))).toBe('a');
    await expect(onlyMessage(messages())).rejects.toMatchObject({ code: Status.INTERNAL });
    await expect(onlyMessage(messages('a', 'b'))).rejects.toMatchObject({ code: Status.INTERNAL });
  });
});
