import * as fc from 'fast-check';
import { RequestFraming } from '../../../../sandbox/vault/http/request-framing';

function through(bytes: Buffer, cuts: readonly number[]): string {
  const framing = new RequestFraming();
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other);
  const parts = [0, ...at].map((from, index) => bytes.subarray(from, at[index] ?? bytes.length));
  return Buffer.concat(parts.map((part) => framing.push(part))).toString('latin1');
}

const body = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const plain = fc.tuple(fc.constantFrom('PUT', 'GET', 'LIST'), body).map(([method, text]) => ({
  method,
  rest: ` /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
}));
const chunked = fc.array(body.filter((text) => text !== '')).map((chunks) => ({
  method: 'PUT',
  rest: ` /v1/a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n${chunks
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    .join('')}0\r\n\r\n`,
}));

it('changes nothing but the head of a LIST, wherever the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(plain, chunked), { maxLength: 5 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      (requests, cuts) => {
        const sent = requests.map(({ method, rest }) => method + rest).join('');
        const wanted = requests
          .map(({ method, rest }) =>
            method === 'LIST'
              ? `GET${rest.replace('\r\n', '\r\nx-kakehashi-method: LIST\r\n')}`
              : method + rest,
          )
          .join('');
        expect(through(Buffer.from(sent, 'latin1'), cuts)).toBe(wanted);
      },
    ),
  );
});

it('takes its own header from nobody', () => {
  const head = 'GET /v1/a HTTP/1.1\r\nX-Kakehashi-Method: DELETE\r\nHost: x\r\n\r\n';
  expect(through(Buffer.from(head), [])).toBe('GET /v1/a HTTP/1.1\r\nHost: x\r\n\r\n');
});

it('hands on what it does not understand, as it is', () => {
  const endless = `LIST ${'a'.repeat(70_000)}`;
  expect(through(Buffer.from(endless), [])).toBe(endless);
  const wrong = 'PUT /v1/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nLIST / HTTP/1.1\r\n\r\n';
  expect(through(Buffer.from(wrong), [])).toBe(wrong);
});
