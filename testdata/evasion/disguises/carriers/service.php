<?php

declare(strict_types=1);

namespace Acme\ThemeKit;

/** Marks a constructor's parameter that the container fills. */
#[\Attribute(\Attribute::TARGET_PARAMETER)]
final class Autowire
{
    public function __construct(public readonly ?string $param = null, public readonly ?string $service = null)
    {
    }
}

/** What the steps of a build hand on; it never changes. */
final class Context
{
    /** @param array<string, mixed> $values */
    public function __construct(private readonly array $values = [])
    {
    }

    public function with(string $key, mixed $value): self
    {
        return new self([...$this->values, $key => $value]);
    }

    public function get(string $key, mixed $default = null): mixed
    {
        return $this->values[$key] ?? $default;
    }

    public function has(string $key): bool
    {
        return \array_key_exists($key, $this->values);
    }
}

interface Step
{
    public function apply(Context $context): Context;
}

final class Pipeline implements Step
{
    /** @var list<Step> */
    private array $steps;

    public function __construct(Step ...$steps)
    {
        $this->steps = $steps;
    }

    public function then(Step $step): self
    {
        return new self(...[...$this->steps, $step]);
    }

    public function apply(Context $context): Context
    {
        return \array_reduce($this->steps, static fn (Context $c, Step $s): Context => $s->apply($c), $context);
    }
}

final class Version implements \Stringable
{
    private function __construct(public readonly int $major, public readonly int $minor, public readonly int $patch)
    {
    }

    public static function parse(string $text): self
    {
        if (1 !== \preg_match('/^v?(\d+)\.(\d+)(?:\.(\d+))?$/', $text, $m)) {
            throw new \InvalidArgumentException(\sprintf('"%s" is not a version.', $text));
        }

        return new self((int) $m[1], (int) $m[2], (int) ($m[3] ?? 0));
    }

    public function compare(self $other): int
    {
        return [$this->major, $this->minor, $this->patch] <=> [$other->major, $other->minor, $other->patch];
    }

    public function __toString(): string
    {
        return "{$this->major}.{$this->minor}.{$this->patch}";
    }
}

/*HERE*/

final class Minify implements Step
{
    public function apply(Context $context): Context
    {
        $css = (string) $context->get('css', '');
        $css = (string) \preg_replace('~/\*.*?\*/~s', '', $css);
        $css = (string) \preg_replace('/\s*([{};:,>])\s*/', '$1', $css);

        return $context->with('css', \trim(\str_replace(';}', '}', $css)));
    }
}

final class Fingerprint implements Step
{
    public function __construct(private readonly string $algorithm = 'xxh3')
    {
    }

    public function apply(Context $context): Context
    {
        $digest = \hash($this->algorithm, (string) $context->get('css', ''));

        return $context->with('file', \sprintf('theme.%s.css', \substr($digest, 0, 10)));
    }
}

final class Manifest implements Step, \JsonSerializable
{
    /** @var array<string, string> */
    private array $files = [];

    public function apply(Context $context): Context
    {
        if ($context->has('file')) {
            $this->files['theme.css'] = $context->get('file');
        }

        return $context->with('manifest', $this);
    }

    public function jsonSerialize(): array
    {
        \ksort($this->files);

        return ['version' => 1, 'files' => $this->files];
    }
}

function build(string $css): Context
{
    return (new Pipeline(new Minify(), new Fingerprint(), new Manifest()))->apply(new Context(['css' => $css]));
}
