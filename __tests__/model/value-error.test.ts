import { ValueError } from '../../model/value-error';

describe('ValueError', () => {
  test('says what must hold and what was found', () => {
    const error = new ValueError('an IPv4 address', 'a"b');
    expect(error.message).toBe('must be an IPv4 address, got "a\\"b"');
    expect([error.suggestion, error.fix]).toEqual([undefined, undefined]);
  });

  test('carries the value that was meant, and what to do, as fields', () => {
    const error = new ValueError('a network', '10.0.0.1/8', {
      suggestion: '10.0.0.0/8',
      fix: 'clear the host bits',
    });
    expect(error.message).toBe(
      'must be a network, got "10.0.0.1/8"; did you mean "10.0.0.0/8"?; clear the host bits',
    );
    expect([error.suggestion, error.fix]).toEqual(['10.0.0.0/8', 'clear the host bits']);
  });
});
