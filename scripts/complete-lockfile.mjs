// Run after an install that changed package-lock.json: npm leaves out optional packages of other systems that its
// registry does not carry, and `npm ci` then refuses the file. This puts them in by name, version and system, so that
// they are skipped here and installed there.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = /(?:^|[-/])(darwin|linux|win32|freebsd|android|openharmony|sunos|netbsd|openbsd|aix)(?=$|-)/;
const processors = /-(arm64|x64|arm|ia32|ppc64|riscv64|s390x|loong64|mips64el|wasm32)(?=$|-)/;
let added = 0;

for (const [where, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`${where}/node_modules/${name}`] || lock.packages[`node_modules/${name}`]) continue;
    const [, os] = systems.exec(name) ?? [];
    const [, cpu] =
      processors.exec(
        name.replace('arm-eabi', 'arm').replace('arm-gnueabihf', 'arm').replace('arm-musleabihf', 'arm'),
      ) ?? [];
    if (!/^\d/.test(version) || (os === undefined && cpu !== 'wasm32')) continue;
    const libc = /musl/.test(name) ? { libc: ['musl'] } : {};
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...libc,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
    added++;
  }
}
const [root, ...rest] = Object.keys(lock.packages);
lock.packages = Object.fromEntries([root, ...rest.sort()].map((key) => [key, lock.packages[key]]));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} packages of other systems added`);
