import { DuckDBInstance } from '@duckdb/node-api';
import { openLog } from '/work/main/dist/telemetry/open.js';
import { contactSelect } from '/work/main/dist/lake/contact.js';
import { columnsOf } from '/work/main/dist/telemetry/select.js';
const inst = await DuckDBInstance.create(':memory:', {threads:'2', memory_limit:'700MB'});
const c = await inst.connect(); await c.run("set TimeZone='UTC'");
for (const p of process.argv.slice(2)) { const l=await openLog(p,{careful:false,temp:'/tmp/w/tmp'}); const part=l.parts[0];
 const q=contactSelect(part.fast, columnsOf(part.format)); void 0;
 const r=await c.runAndReadAll('EXPLAIN ANALYZE '+q); console.log(p, r.getRows()[0][1].split("\n").filter(x=>/\d\.\d+s|[A-Z_]{6,}/.test(x)).map(x=>x.replace(/[│ ]+/g," ")).join("\n")); }
