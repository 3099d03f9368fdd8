# KESTREL, made up for this example: nobody has such software
set sleeptime "360000"; # milliseconds
set jitter "20";
set useragent "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.2; KST 3.1)";

http-get {
    set uri "/gallery/v3/manifest.json";
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
    set uri "/gallery/v3/feedback";
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
