import { Failure, UsageError } from '../../base/errors';
import { faultText, fixesText } from '../../base/fault';

const STORE = { text: 'store it', command: 'secret put vault://secret/a' };

describe('a fault', () => {
  test('is one line: where, what, and what to do', () => {
    expect(faultText({ summary: 'nothing to do' })).toBe('nothing to do');
    expect(
      faultText({ where: 'vault://secret/a', summary: 'there is none', fixes: ['correct it', STORE] }),
    ).toBe('vault://secret/a: there is none; correct it, or store it: kakehashi secret put vault://secret/a');
  });

  test('has commands to which options can be added, one after the other', () => {
    const fix = { text: 'make its mount', command: 'apply --stack lab-vault', next: STORE };
    expect(fixesText([fix], (command) => `kakehashi ${command} --env lab`)).toBe(
      'make its mount: kakehashi apply --stack lab-vault --env lab, then store it: kakehashi secret put vault://secret/a --env lab',
    );
  });
});

describe('a known failure', () => {
  test('keeps its parts', () => {
    const fault = { where: 'vault.address', summary: 'must be a URL', fixes: ['correct it'] };
    for (const error of [new Failure(fault), new UsageError(fault)]) {
      expect(error.fault).toEqual(fault);
      expect(error.message).toBe('vault.address: must be a URL; correct it');
    }
  });

  test('of one text has no other part', () => {
    expect(new Failure('a; b').fault).toEqual({ summary: 'a; b' });
  });
});
