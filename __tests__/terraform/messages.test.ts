import { Failure } from '../../base/errors';
import { atLeast } from '../../terraform/binary';
import { errorLine, shortError } from '../../terraform/diagnostics';
import { parseMessage } from '../../terraform/messages';

describe('parseMessage', () => {
  test('reads planned changes', () => {
    const line =
      '{"@message":"aws_vpc.X: Plan to replace","type":"planned_change","change":{"resource":{"addr":"aws_vpc.X","resource_type":"aws_vpc"},"action":"replace","reason":"cannot_update"}}';
    expect(parseMessage(line)).toEqual({
      type: 'planned_change',
      text: 'aws_vpc.X: Plan to replace',
      change: { address: 'aws_vpc.X', resourceType: 'aws_vpc', action: 'replace', reason: 'cannot_update' },
    });
  });

  test('hands on what it does not know, and lines that are no JSON', () => {
    expect(parseMessage('{"@message":"new thing","type":"brand_new"}')).toEqual({
      type: 'unknown',
      text: 'new thing',
    });
    expect(parseMessage('{"broken')).toEqual({ type: 'plain', text: '{"broken' });
    expect(parseMessage('plain')).toEqual({ type: 'plain', text: 'plain' });
  });

  test('refuses a new major version of the format', () => {
    expect(parseMessage('{"type":"version","ui":"1.7","@message":"x"}')).toEqual({
      type: 'known',
      text: 'x',
    });
    expect(() => parseMessage('{"type":"version","ui":"2.0","@message":"x"}')).toThrow(Failure);
  });
});

describe('shortError', () => {
  test('finds the code of AWS in the words of the provider', () => {
    const error = shortError({
      severity: 'error',
      summary:
        'creating EC2 VPN Connection: operation error EC2: CreateVpnConnection, https response error StatusCode: 400, RequestID: 1, api error VpnConnectionLimitExceeded: The maximum number of VPN connections has been reached',
      detail: '',
      address: 'aws_vpn_connection.Vpn_Connection',
    });
    expect(errorLine(error)).toBe(
      'aws_vpn_connection.Vpn_Connection: VpnConnectionLimitExceeded: The maximum number of VPN connections has been reached',
    );
  });

  test('takes summary and first paragraph otherwise', () => {
    expect(
      errorLine(
        shortError({ severity: 'error', summary: 'Invalid value', detail: 'must be\nlower case\n\nmore' }),
      ),
    ).toBe('Invalid value: must be lower case');
  });
});

describe('atLeast', () => {
  test.each([
    ['1.6.0', true],
    ['1.10.2', true],
    ['2.0.0', true],
    ['1.6.0-beta1', true],
    ['1.5.7', false],
    ['0.15.0', false],
  ])('%s is at least 1.6: %s', (version, expected) => {
    expect(atLeast(version, 1, 6)).toBe(expected);
  });
});
