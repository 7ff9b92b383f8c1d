import { MASK } from '../base/mask-text';

export { MASK };

/** Names of environment variables whose values are secrets. */
const SECRET_VARIABLE =
  /(SECRET|TOKEN|PASSWORD|PASSPHRASE|PRIVATE_KEY|PRESHARED|ACCESS_KEY$|CLIENT_KEY|CREDENTIALS|CONN_STR)/i;

/** Variables of Terraform that hold maps of secrets: keys of connections, and what nodes fetch. */
const SECRET_MAPS = ['TF_VAR_preshared_keys', 'TF_VAR_registry_auth'];

/** Shorter values are not masked: replacing them would spoil the text and hide nothing. */
const SHORTEST = 6;

/** Replaces all known secrets in texts that are shown or logged. */
export class Masks {
  private readonly values = new Set<string>();
  private longestFirst: readonly string[] | undefined;

  /** Adds a value; its lines and its JSON form are masked as well. */
  add(value: string): void {
    const forms = [
      value,
      JSON.stringify(value).slice(1, -1),
      ...value.split('\n').map((line) => line.trim()),
    ];
    for (const form of forms) if (form.length >= SHORTEST) this.values.add(form);
    this.longestFirst = undefined;
  }

  /** Adds the values of variables whose names are those of secrets. `…_FILE` names a file, and its value is no secret. */
  addVariables(variables: NodeJS.ProcessEnv): void {
    for (const [name, value] of Object.entries(variables)) {
      if (value === undefined || /(_FILE|_PATH|_DIR)$/i.test(name)) continue;
      if (SECRET_VARIABLE.test(name)) this.add(value);
    }
    for (const name of SECRET_MAPS) this.addNested(variables[name]);
  }

  /** Returns the text with every known secret replaced. */
  mask(text: string): string {
    this.longestFirst ??= [...this.values].sort((a, b) => b.length - a.length);
    let masked = text;
    for (const value of this.longestFirst) masked = masked.replaceAll(value, MASK);
    return masked;
  }

  /** Adds the values of a map in a variable: `{"169.254.100.0/30": "key"}`. */
  private addNested(json: string | undefined): void {
    if (json === undefined) return;
    this.add(json);
    for (const [, value] of json.matchAll(/[:=]\s*"([^"]+)"/g)) this.add(value as string);
  }
}
