/** A Malleable C2 profile of software that does not exist. */
export type Profile = {
  /** The sentence above it. */
  readonly says: string;
  /** Milliseconds, and percent of them. */
  readonly sleep: number;
  readonly jitter: number;
  readonly agent: string;
  /** Paths: where it asks for work, where it sends results. */
  readonly poll: string;
  readonly send: string;
};

export const profileText = ({ says, sleep, jitter, agent, poll, send }: Profile): string => `# ${says}
set sleeptime "${sleep}"; # milliseconds
set jitter "${jitter}";
set useragent "${agent}";

http-get {
    set uri "${poll}";
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
    set uri "${send}";
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
