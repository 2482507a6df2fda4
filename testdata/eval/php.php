<?php
// Labels PHP by the tokens that PHP itself makes of a file:
//
//   php php.php CORPUS LIST >php.tsv
//
// A line "path, -" for each file of LIST, and a line "path, capability, line,
// reason" for each capability, with tabs. README.md says what each label means.
declare(strict_types=1);

const FUNCTIONS = [
    'socket' => ['fsockopen', 'pfsockopen', 'stream_socket_client', 'stream_socket_server', 'stream_socket_accept',
        'stream_socket_sendto', 'stream_socket_recvfrom', 'socket_create', 'socket_create_listen', 'socket_connect',
        'socket_bind', 'socket_listen', 'socket_accept', 'socket_send', 'socket_sendto', 'socket_sendmsg', 'socket_recv',
        'socket_recvfrom', 'socket_recvmsg', 'socket_addrinfo_lookup', 'socket_addrinfo_connect', 'socket_addrinfo_bind',
        'socket_addrinfo_explain', 'socket_import_stream'],
    'network' => ['curl_init', 'curl_exec', 'curl_multi_init', 'curl_multi_exec', 'curl_multi_add_handle',
        'curl_multi_select', 'curl_multi_getcontent', 'curl_multi_info_read', 'curl_multi_remove_handle', 'curl_multi_close',
        'curl_multi_setopt', 'curl_multi_errno', 'curl_multi_strerror', 'gethostbyname', 'gethostbynamel',
        'dns_get_record', 'get_headers'],
    'exec' => ['exec', 'shell_exec', 'system', 'passthru', 'popen', 'proc_open', 'pcntl_exec'],
];

// Functions whose first argument may be a URL.
const OPENERS = ['file_get_contents', 'fopen', 'readfile', 'copy', 'file', 'simplexml_load_file'];

// Functions of PHP that call what an argument names.
const CALLERS = ['call_user_func', 'call_user_func_array', 'forward_static_call', 'forward_static_call_array', 'array_map',
    'array_walk', 'array_walk_recursive', 'array_filter', 'array_reduce', 'usort', 'uasort', 'uksort', 'iterator_apply',
    'array_udiff', 'array_uintersect', 'array_diff_ukey', 'array_intersect_ukey', 'register_shutdown_function',
    'register_tick_function', 'set_error_handler', 'set_exception_handler', 'spl_autoload_register', 'ob_start',
    'preg_replace_callback', 'header_register_callback'];

const COMMAND = '~(^|[\s;&|(`\'"])(/usr/bin/)?osascript($|\s)~';

/** Token compares characters by their kind: a piece of a string may consist of a backtick too. */
final class Token extends PhpToken
{
    public function is($kind): bool
    {
        $kinds = array_map(fn ($k) => is_string($k) ? ord($k) : $k, is_array($kind) ? $kind : [$kind]);
        return in_array($this->id, $kinds, true);
    }
}

final class Labeller
{
    /** @var Token[] those that are no white space and no comment */
    private array $tokens = [];
    /** @var array<string, array{int, string}> line and reason by capability */
    public array $labels = [];
    private string $namespace = '';
    /** @var array<string, string> what "use function" gives a name to, in lower case */
    private array $functions = [];
    /** @var array<string, string> what "use" gives a name to, in lower case */
    private array $classes = [];
    /** @var array<string, true> functions that the file declares, qualified, in lower case */
    private array $declared = [];
    /** @var ?list<array{int, int}> */
    private ?array $functionBodies = null;
    private bool $process = false;
    private int $command = 0;

    public function __construct(string $code)
    {
        foreach (Token::tokenize($code) as $token) {
            if (!$token->isIgnorable()) {
                $this->tokens[] = $token;
            }
        }
    }

    public function run(): void
    {
        $this->declarations();
        $this->namespace = '';
        foreach ($this->tokens as $i => $token) {
            $this->visit($i, $token);
        }
        if ($this->command > 0 && (isset($this->labels['exec']) || $this->process)) {
            $this->labels['applescript'] = [$this->command, 'names osascript and starts programs'];
        }
    }

    private function label(string $capability, int $line, string $reason): void
    {
        $this->labels[$capability] ??= [$line, $reason];
    }

    private function is(int $i, int|string|array $kind): bool
    {
        return isset($this->tokens[$i]) && $this->tokens[$i]->is($kind);
    }

    /** declarations finds the functions that the file declares outside of classes. */
    private function declarations(): void
    {
        $depth = 0;
        $classes = []; // depths at which a class body began
        $pending = false;
        foreach ($this->tokens as $i => $token) {
            if ($token->is(T_NAMESPACE)) {
                $this->enterNamespace($i);
            } elseif ($token->is([T_CLASS, T_INTERFACE, T_TRAIT, T_ENUM]) && !$this->is($i - 1, T_DOUBLE_COLON)) {
                $pending = true;
            } elseif ($token->is(['{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES])) {
                $depth++;
                if ($pending && $token->is('{')) {
                    $classes[] = $depth;
                    $pending = false;
                }
            } elseif ($token->is('}')) {
                if (end($classes) === $depth) {
                    array_pop($classes);
                }
                $depth--;
            } elseif ($token->is(T_FUNCTION) && (!$classes || $depth > end($classes))) {
                $name = $this->tokens[$i + 1] ?? null;
                if ($name?->text === '&') {
                    $name = $this->tokens[$i + 2] ?? null;
                }
                if ($name?->is(T_STRING) && !$this->is($i - 1, T_USE)) {
                    $this->declared[$this->qualify(strtolower($name->text))] = true;
                }
            }
        }
    }

    private function enterNamespace(int $i): void
    {
        $name = $this->tokens[$i + 1] ?? null;
        if ($name?->is([T_STRING, T_NAME_QUALIFIED])) {
            $this->namespace = strtolower($name->text);
        } elseif ($name?->is('{')) {
            $this->namespace = '';
        }
    }

    private function qualify(string $name): string
    {
        return $this->namespace === '' ? $name : $this->namespace . '\\' . $name;
    }

    private function visit(int $i, Token $token): void
    {
        switch (true) {
            case $token->is(T_NAMESPACE):
                $this->enterNamespace($i);
                $this->functions = $this->classes = [];
                break;
            case $token->is(T_USE):
                $this->useStatement($i);
                break;
            case $token->is([T_STRING, T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED]) && $this->is($i + 1, '('):
                if (!$this->is($i - 1, [T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION, T_NEW])
                    && !($this->is($i - 1, T_AMPERSAND_NOT_FOLLOWED_BY_VAR_OR_VARARG) && $this->is($i - 2, T_FUNCTION))) {
                    $this->call($i, $this->functionName($token));
                } elseif ($this->is($i - 1, T_DOUBLE_COLON) && strtolower($token->text) === 'fromcallable') {
                    $this->callback($i);
                }
                break;
            case $token->is([T_VARIABLE, T_CONSTANT_ENCAPSED_STRING]) && $this->is($i + 1, '('):
                // $f = 'exec'; $f(…), or 'exec'(…)
                if (!$this->is($i - 1, [T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON, T_NEW])) {
                    foreach ($this->expression($i) as $name) {
                        $this->call($i, strtolower(ltrim($name, '\\')));
                    }
                }
                break;
            case $token->is(')') && $this->is($i + 1, '(') && $this->is($i - 1, T_CONSTANT_ENCAPSED_STRING) && $this->is($i - 2, '('):
                $this->call($i, strtolower(ltrim($this->string($this->tokens[$i - 1]), '\\')));
                break;
            case $token->is('`'):
                $this->label('exec', $token->line, 'backticks');
                break;
            case $token->is([T_NEW, T_EXTENDS]):
                $this->construct($i);
                break;
            case $token->is([T_INCLUDE, T_INCLUDE_ONCE, T_REQUIRE, T_REQUIRE_ONCE]):
                $this->url($i + ($this->is($i + 1, '(') ? 2 : 1), $token);
                break;
            case $token->is([T_CONSTANT_ENCAPSED_STRING, T_ENCAPSED_AND_WHITESPACE]):
                $text = $token->is(T_CONSTANT_ENCAPSED_STRING) ? $this->string($token) : $token->text;
                if ($this->command === 0 && preg_match(COMMAND, $text) && !$this->is($i - 1, T_ECHO)) {
                    $this->command = $token->line;
                }
        }
    }

    /** functionName resolves the name of a call as PHP does, to a global function or to something else. */
    private function functionName(Token $token): string
    {
        $name = strtolower($token->text);
        if ($token->is(T_NAME_FULLY_QUALIFIED)) {
            return substr($name, 1);
        }
        if ($token->is(T_NAME_QUALIFIED)) {
            return $this->qualify($name); // it has a "\" in it, as no function of PHP has
        }
        if (isset($this->functions[$name])) {
            return $this->functions[$name];
        }
        // In a namespace, a function of that namespace comes before PHP's own.
        if ($this->namespace !== '' && isset($this->declared[$this->qualify($name)])) {
            return $this->qualify($name);
        }
        return $name;
    }

    private function className(Token $token): string
    {
        $name = strtolower($token->text);
        if ($token->is(T_NAME_FULLY_QUALIFIED)) {
            return substr($name, 1);
        }
        return $this->classes[$name] ?? $this->qualify($name);
    }

    /** useStatement reads "use A\B as C, D;", "use function …" and their groups, outside of closures and classes. */
    private function useStatement(int $i): void
    {
        if ($this->is($i + 1, '(')) {
            return; // of a closure
        }
        $function = $this->is($i + 1, T_FUNCTION);
        $prefix = $name = '';
        for ($i += $function ? 2 : 1; isset($this->tokens[$i]); $i++) {
            $token = $this->tokens[$i];
            if ($token->is([T_STRING, T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED])) {
                $name = $prefix . ltrim(strtolower($token->text), '\\');
                $parts = explode('\\', $name);
                $alias = end($parts);
                if ($this->is($i + 1, T_AS)) {
                    $alias = strtolower($this->tokens[$i + 2]->text);
                    $i += 2;
                }
                if (!$this->is($i + 1, T_NS_SEPARATOR)) {
                    if ($function) {
                        $this->functions[$alias] = $name;
                    } else {
                        $this->classes[$alias] = $name;
                    }
                }
            } elseif ($token->is(T_NS_SEPARATOR) && $this->is($i + 1, '{')) {
                $prefix = $name . '\\';
            } elseif ($token->is(T_FUNCTION)) { // use A\{function b}
                $function = true;
            } elseif ($token->is(';') || $token->is(T_CLOSE_TAG) || ($token->is('{') && $prefix === '')) {
                return;
            }
        }
    }

    private function call(int $i, string $name): void
    {
        $line = $this->tokens[$i]->line;
        foreach (FUNCTIONS as $capability => $functions) {
            if (in_array($name, $functions, true)) {
                $this->label($capability, $line, "$name()");
            }
        }
        if (preg_match('~^wp_(safe_)?remote_~', $name)) {
            $this->label('network', $line, "$name()");
        }
        if (in_array($name, OPENERS, true)) {
            $this->url($i + 2, $this->tokens[$i]);
        }
        if (in_array($name, CALLERS, true)) {
            $this->callback($i);
        }
    }

    /** callback looks at each argument of a call that is a constant string. */
    private function callback(int $i): void
    {
        $depth = 0;
        for ($i++; isset($this->tokens[$i]); $i++) {
            $token = $this->tokens[$i];
            if ($token->is(['(', '[', '{'])) {
                $depth++;
            } elseif ($token->is([')', ']', '}'])) {
                if (--$depth === 0) {
                    return;
                }
            } elseif ($depth === 1 && $token->is([T_CONSTANT_ENCAPSED_STRING, T_VARIABLE]) && $this->is($i - 1, ['(', ',']) && $this->is($i + 1, [')', ','])) {
                foreach ($this->expression($i) as $name) {
                    $name = strtolower(ltrim($name, '\\'));
                    foreach (FUNCTIONS as $capability => $functions) {
                        if (in_array($name, $functions, true)) {
                            $this->label($capability, $token->line, "'$name' as a callback");
                        }
                    }
                }
            }
        }
    }

    private function construct(int $i): void
    {
        $token = $this->tokens[$i + 1] ?? null;
        if (!$token?->is([T_STRING, T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED])) {
            return;
        }
        $class = $this->className($token);
        if ($class === 'soapclient') {
            $this->label('network', $token->line, 'SoapClient');
        } elseif ($class === 'reflectionfunction' && $this->is($i, T_NEW) && $this->is($i + 2, '(')) {
            $this->callback($i + 1);
        } elseif ($class === 'symfony\component\process\process') {
            $this->process = true;
        }
    }

    /** url labels an argument at $i whose constant beginning is a URL. */
    private function url(int $i, Token $by): void
    {
        if ($this->is($i, '"')) {
            $i++; // an interpolated string: its first part
        }
        foreach ($this->expression($i) as $value) {
            if (preg_match('~^(https?|ftps?|ssh2\.[a-z]+)://~i', $value)) {
                $this->label('network', $by->line, $by->text . ' of ' . substr($value, 0, 40));
            }
        }
    }

    /**
     * expression returns the constant beginnings that the value at $i may have:
     * of a string, or of a variable that is only ever given constant strings.
     * @return string[]
     */
    private function expression(int $i): array
    {
        $token = $this->tokens[$i] ?? null;
        if ($token?->is(T_CONSTANT_ENCAPSED_STRING)) {
            $value = $this->string($token);
            for (; $this->is($i + 1, '.') && $this->is($i + 2, T_CONSTANT_ENCAPSED_STRING); $i += 2) {
                $value .= $this->string($this->tokens[$i + 2]);
            }
            return [$value];
        }
        if ($token?->is(T_ENCAPSED_AND_WHITESPACE)) {
            return [$token->text];
        }
        return $token?->is(T_VARIABLE) ? $this->variable($token->text, $i) : [];
    }

    /** variable returns the strings that a variable is given in the function around $i, if nothing else is. */
    private function variable(string $name, int $i): array
    {
        [$from, $to] = $this->around($i);
        $values = [];
        for ($j = $from; $j < $to; $j++) {
            if (!$this->tokens[$j]->is(T_VARIABLE) || $this->tokens[$j]->text !== $name || $this->is($j - 1, T_DOUBLE_COLON)) {
                continue;
            }
            if (!$this->is($j + 1, '=')) {
                continue;
            }
            if ($this->is($j + 2, T_CONSTANT_ENCAPSED_STRING)) {
                array_push($values, ...$this->expression($j + 2));
            } elseif ($this->is($j + 2, '"') && $this->is($j + 3, T_ENCAPSED_AND_WHITESPACE)) {
                $values[] = $this->tokens[$j + 3]->text;
            } else {
                return [];
            }
        }
        return $values;
    }

    /** around is the innermost function that holds $i, from its keyword on, or the whole file. */
    private function around(int $i): array
    {
        $this->functionBodies ??= $this->findFunctionBodies();
        $innermost = [0, count($this->tokens)];
        foreach ($this->functionBodies as [$from, $to]) {
            if ($from > $i) {
                break;
            }
            if ($i < $to) {
                $innermost = [$from, $to];
            }
        }
        return $innermost;
    }

    /** findFunctionBodies returns where each function begins and ends, in the order of their beginnings. */
    private function findFunctionBodies(): array
    {
        $bodies = $open = [];
        $pending = null; // the keyword of a function whose body is to come
        foreach ($this->tokens as $i => $token) {
            if ($token->is(T_FUNCTION)) {
                $pending = $i;
            } elseif ($token->is(';')) {
                $pending = null; // an abstract method, or "use function"
            } elseif ($token->is(['{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES])) {
                $open[] = $pending;
                $pending = null;
            } elseif ($token->is('}') && ($from = array_pop($open)) !== null) {
                $bodies[] = [$from, $i];
            }
        }
        sort($bodies);
        return $bodies;
    }

    /** string is the value of a quoted constant. */
    private function string(Token $token): string
    {
        $text = substr($token->text, 1, -1);
        return $token->text[0] === '"' ? stripcslashes($text) : strtr($text, ["\\\\" => '\\', "\\'" => "'"]);
    }
}

[, $corpus, $list] = $argv;
foreach (file($list, FILE_IGNORE_NEW_LINES) as $name) {
    echo $name, "\t-\n";
    $labeller = new Labeller(file_get_contents("$corpus/$name"));
    $labeller->run();
    foreach ($labeller->labels as $capability => [$line, $reason]) {
        echo implode("\t", [$name, $capability, $line, preg_replace('~\s+~', ' ', $reason)]), "\n";
    }
}
