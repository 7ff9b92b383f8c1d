import * as fc from 'fast-check';
import { CALLS } from '../../sandbox/protocol/messages';
import {
  decodeValue,
  encodeValue,
  isKnown,
  UNKNOWN,
  Unknown,
  unordered,
  type Value,
} from '../../sandbox/protocol/values';
import { decodeMessage, encodeMessage } from '../../sandbox/protocol/wire';

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string(),
  fc.integer(),
  fc.maxSafeInteger().filter((value) => Math.abs(value) < 2 ** 50),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
  fc.constant(UNKNOWN),
  fc.uint8Array({ minLength: 1, maxLength: 8 }).map((data) => new Unknown(12, data)),
);

const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

describe('values on the wire', () => {
  it('come back as they were sent', () => {
    fc.assert(fc.property(values, (value) => expect(decodeValue(encodeValue(value))).toEqual(value)));
  });

  it('pass a refined unknown back byte by byte', () => {
    const refined = new Unknown(12, Uint8Array.from([0x81, 0x01, 0xc2]));
    expect(Buffer.from(encodeValue(refined).msgpack).toString('hex')).toBe('c7030c8101c2');
  });

  it('write a plain unknown as extension 0', () => {
    expect(Buffer.from(encodeValue(UNKNOWN).msgpack).toString('hex')).toBe('d40000');
  });

  it('keep a dynamic value: its type as bytes, then the value', () => {
    const dynamic = [Uint8Array.from(Buffer.from('"string"')), 'text'];
    expect(decodeValue(encodeValue(dynamic))).toEqual(dynamic);
  });

  it('read JSON too, and nothing as null', () => {
    expect(decodeValue({ json: Buffer.from('{"a":[1]}') })).toEqual({ a: [1] });
    expect(decodeValue(undefined)).toBeNull();
  });

  it('are known unless some part is unknown', () => {
    expect(isKnown({ a: [1, { b: null }] })).toBe(true);
    expect(isKnown({ a: [1, { b: UNKNOWN }] })).toBe(false);
  });

  it('compare without the order of lists and keys', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (list) =>
        expect(unordered({ a: list, b: 1 })).toBe(unordered({ b: 1, a: [...list].reverse() })),
      ),
    );
    expect(unordered(['a', 'b'])).not.toBe(unordered(['a', 'c']));
  });
});

describe('messages', () => {
  it('have a request and a response for every call that is served', () => {
    for (const call of CALLS) {
      expect(decodeMessage(`${call}.Request`, encodeMessage(`${call}.Request`, {}))).toEqual({});
      expect(encodeMessage(`${call}.Response`, {})).toHaveLength(0);
    }
  });

  it('keep names and attribute paths', () => {
    const message = { type_name: 'aws_vpc', config: { msgpack: Buffer.from([0xc0]) } };
    expect(
      decodeMessage(
        'ValidateResourceConfig.Request',
        encodeMessage('ValidateResourceConfig.Request', message),
      ),
    ).toEqual(message);
    const path = {
      requires_replace: [
        { steps: [{ attribute_name: 'a' }, { element_key_int: 0 }, { attribute_name: 'b' }] },
      ],
    };
    expect(
      decodeMessage('PlanResourceChange.Response', encodeMessage('PlanResourceChange.Response', path)),
    ).toEqual(path);
  });
});
