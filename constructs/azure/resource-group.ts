import { DataAzurermResourceGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-resource-group';
import { ResourceGroup as AzureResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Construct, type IConstruct } from 'constructs';
import { checkCore } from '../core';
import type { Tags } from './tags';

/** A resource group, made by this app or by something else. */
export interface IResourceGroup extends IConstruct {
  /** Its name, which depends on the group. */
  readonly groupName: string;
  /** In Azure's own form: `japaneast`. */
  readonly location: string;
}

export interface ResourceGroupProps {
  /** 1 to 90 characters. A change replaces the group, and everything in it. */
  readonly name: string;
  /** A change replaces the group. */
  readonly location: string;
  /** @default - none */
  readonly tags?: Tags;
}

/** A resource group. */
export class ResourceGroup extends Construct implements IResourceGroup {
  /** A group that something else made. @param location - where resources in it are placed, whatever the group's own location is */
  static fromName(scope: Construct, id: string, name: string, location: string): IResourceGroup {
    return new ExistingResourceGroup(scope, id, name, location);
  }

  readonly group: AzureResourceGroup;
  readonly groupName: string;
  readonly location: string;

  constructor(scope: Construct, id: string, { name, location, tags }: ResourceGroupProps) {
    super(scope, id);
    checkCore(this);
    this.group = new AzureResourceGroup(this, 'Resource', { name, location, tags: { ...tags } });
    this.groupName = this.group.name;
    this.location = location;
  }
}

/** It is looked up, so that a plan fails where it is not there. */
class ExistingResourceGroup extends Construct implements IResourceGroup {
  readonly groupName: string;

  constructor(
    scope: Construct,
    id: string,
    name: string,
    readonly location: string,
  ) {
    super(scope, id);
    checkCore(this);
    this.groupName = new DataAzurermResourceGroup(this, 'Resource', { name }).name;
  }
}
