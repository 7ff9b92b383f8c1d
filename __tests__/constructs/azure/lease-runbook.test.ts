import { LEASE_RUNBOOK } from '../../../constructs/azure/lease-runbook';

it('holds nothing that Terraform takes for an expression', () => {
  expect(LEASE_RUNBOOK).not.toMatch(/[$%]\{/);
});

it('takes the parameters of the schedule, logs in as the account, and says what it could not end', () => {
  const lines = LEASE_RUNBOOK.split('\n').map((line) => line.trim());
  expect(lines.slice(0, 4)).toEqual([
    'param(',
    '[Parameter(Mandatory = $true)][string] $resourcegroupname,',
    '[Parameter(Mandatory = $true)][string] $vmnames',
    ')',
  ]);
  expect(lines).toContain('Connect-AzAccount -Identity | Out-Null');
  expect(lines).toContain(`if ($failed.Count -gt 0) { throw "not ended: $($failed -join ', ')" }`);
});

it('deletes a machine before its disks, and no disk that is to be kept', () => {
  const at = (text: string) => LEASE_RUNBOOK.indexOf(text);
  expect(at('Remove-AzVM')).toBeGreaterThan(at("Tags['kakehashi:keep'] -ne 'true'"));
  expect(at('Remove-AzDisk')).toBeGreaterThan(at('Remove-AzVM'));
});

it('has all brackets in pairs', () => {
  for (const pair of ['()', '{}', '[]']) {
    const count = (bracket = '') => LEASE_RUNBOOK.split(bracket).length;
    expect(count(pair[0])).toBe(count(pair[1]));
  }
});
