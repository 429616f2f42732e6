// Whether this Node can run the program. Imports nothing and uses old syntax only: it must load
// where the rest does not.

/** Least version of each release line of Node that brings time zone data 2026b. */
const LEAST: Readonly<Record<number, readonly [number, number]>> = {
  22: [23, 3],
  24: [21, 0],
  26: [10, 0],
};
const LEAST_ZONES = '2026b';

/**
 * A sentence that says what to install, where `versions` (`process.versions`) do not do. British
 * Columbia stopped changing its clocks in 2026: with older time zone data visits would be off by an
 * hour.
 */
export function unfitReason(versions: {
  readonly node: string;
  readonly tz?: string | undefined;
}): string | undefined {
  if (!isNewEnough(versions.node)) {
    return (
      'ims-fhir needs Node 22.23.3, 24.21.0, 26.10.0 or a later one of these lines, and this is ' +
      `${versions.node}: install the current LTS release from https://nodejs.org.`
    );
  }
  if (versions.tz === undefined || versions.tz < LEAST_ZONES) {
    return (
      `ims-fhir needs time zone data ${LEAST_ZONES} or later, and this Node has ` +
      `${versions.tz === undefined ? 'none' : versions.tz}: install an official build from ` +
      'https://nodejs.org, or unset NODE_ICU_DATA.'
    );
  }
  return undefined;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major > 26) return true;
  const least = LEAST[major];
  if (least === undefined) return false;
  return minor > least[0] || (minor === least[0] && patch >= least[1]);
}
