import { seconds } from './duration';
import { badRequest, type Json } from './exchange';

function wrongType(name: string): Error {
  return badRequest(`error converting input for field "${name}": wrong type`);
}

/** Reads the fields of a body with the conversions of Vault's framework. Errors never quote a value. */
export class Fields {
  constructor(readonly body: Json) {}

  has(name: string): boolean {
    return this.body[name] !== undefined && this.body[name] !== null;
  }

  text(name: string): string {
    const value = this.body[name];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw wrongType(name);
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.body[name];
    if (value === undefined || value === null) return otherwise;
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw wrongType(name);
  }

  count(name: string, otherwise = 0): number {
    const value = this.body[name];
    if (value === undefined || value === null) return otherwise;
    const parsed = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof parsed === 'number' && Number.isInteger(parsed)) return parsed;
    throw wrongType(name);
  }

  seconds(name: string, otherwise = 0): number {
    return this.has(name) ? seconds(this.body[name], name) : otherwise;
  }

  /** A list; a text is split at its commas. */
  list(name: string): readonly string[] {
    const value = this.body[name];
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'string') return value.split(',').map((part) => part.trim());
    if (Array.isArray(value) && value.every((member) => ['string', 'number'].includes(typeof member)))
      return value.map(String);
    throw wrongType(name);
  }

  map(name: string): Json | undefined {
    const value = this.body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object' && !Array.isArray(value)) return value as Json;
    throw wrongType(name);
  }

  /** A map whose values are texts. */
  texts(name: string): Readonly<Record<string, string>> | undefined {
    const given = this.map(name);
    if (given === undefined) return undefined;
    return Object.fromEntries(Object.keys(given).map((key) => [key, new Fields(given).text(key)]));
  }
}
