import { usualTime } from '../../../scripts/kinds/registry';
import { Progress } from '../../../scripts/report/progress';
import { Report } from '../../../scripts/report/report';

describe('the progress of an apply in a pipe', () => {
  let lines: string[];
  let progress: Progress;

  beforeEach(() => {
    jest.useFakeTimers();
    lines = [];
    const report = new Report({ json: false, color: false, level: 'error' });
    jest.spyOn(report, 'say').mockImplementation((text = '') => {
      lines.push(text);
    });
    jest.spyOn(report.screen, 'redraw').mockImplementation(() => undefined);
    progress = new Progress(report, 'apply', 3, true, usualTime);
    progress.start('dev', 12, '+12');
    lines = [];
  });
  afterEach(() => {
    progress.close();
    jest.useRealTimers();
  });

  test('has a line every half minute', () => {
    progress.resourceStarted('dev', 'aws_nat_gateway.Nat');
    jest.advanceTimersByTime(61_000);
    expect(lines.map((line) => line.trim())).toEqual([
      '… dev  0 of 12, 30 s aws_nat_gateway.Nat',
      '… dev  0 of 12, 60 s aws_nat_gateway.Nat',
    ]);
  });

  test('has one each minute for what usually takes an hour, and says what is usual', () => {
    progress.resourceStarted('dev', 'azurerm_virtual_network_gateway.Vpn_Gateway');
    jest.advanceTimersByTime(181_000);
    expect(lines.map((line) => line.trim())).toEqual(
      [1, 2, 3].map(
        (minute) =>
          `… dev  0 of 12, ${minute} min azurerm_virtual_network_gateway.Vpn_Gateway, which usually takes 30 to 60 minutes`,
      ),
    );
  });
});

test('no other type has a usual time', () => {
  expect(usualTime('azurerm_subnet.S')).toBeUndefined();
  expect(usualTime('module.net.azurerm_virtual_network_gateway.G')).toBe('30 to 60 minutes');
  expect(usualTime('')).toBeUndefined();
});
