/**
 * What the end of a lease runs in Azure: it deletes the named machines of a resource group, then the disks that were theirs, but for
 * those that are to be kept. A machine that is gone is none to delete, so that it can run again.
 *
 * Parameters: `resourcegroupname`, and `vmnames` with a comma between names. The account's own identity logs in.
 */
export const LEASE_RUNBOOK = `param(
  [Parameter(Mandatory = $true)][string] $resourcegroupname,
  [Parameter(Mandatory = $true)][string] $vmnames
)
$ErrorActionPreference = 'Stop'
Disable-AzContextAutosave -Scope Process | Out-Null
Connect-AzAccount -Identity | Out-Null

$failed = @()
foreach ($name in $vmnames.Split(',')) {
  try {
    $machines = @(Get-AzVM -ResourceGroupName $resourcegroupname)
    $machine = $machines | Where-Object { $_.Name -eq $name }
    if (-not $machine) {
      Write-Output "$($name): gone already"
      continue
    }
    $disks = @($machine.StorageProfile.OsDisk.Name)
    foreach ($attached in $machine.StorageProfile.DataDisks) {
      $disk = Get-AzDisk -ResourceGroupName $resourcegroupname | Where-Object { $_.Id -eq $attached.ManagedDisk.Id }
      if ($disk -and $disk.Tags['kakehashi:keep'] -ne 'true') { $disks += $disk.Name }
    }
    Remove-AzVM -ResourceGroupName $resourcegroupname -Name $name -ForceDeletion $true -Force | Out-Null
    Write-Output "$($name): deleted"
    foreach ($disk in $disks) {
      Remove-AzDisk -ResourceGroupName $resourcegroupname -DiskName $disk -Force | Out-Null
      Write-Output "$($name): disk $disk deleted"
    }
  } catch {
    $failed += $name
    Write-Output "$($name): $($_.Exception.Message)"
  }
}
if ($failed.Count -gt 0) { throw "not ended: $($failed -join ', ')" }
`;
