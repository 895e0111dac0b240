;; What a training step spends its time on, compiled, for the runtime that interprets the rest: see BrowserKernels.cs. Works on the
;; runtime's own memory, in vectors of four floats. Arguments are words at $p, in the order of the loads; distances are bytes.
(module
  (import "runtime" "memory" (memory 1))

  ;; What all tiles of a product share.
  (global $row (mut i32) (i32.const 0))          ;; from a row of A to the next
  (global $rows4 (mut i32) (i32.const 0))        ;; from four rows of A, or lanes if it is transposed, to the next
  (global $step (mut i32) (i32.const 0))         ;; from a step of A's inner dimension to the next
  (global $right (mut i32) (i32.const 0))        ;; from a panel of B to the next
  (global $startRow (mut i32) (i32.const 0))     ;; from a row of Start to the next
  (global $startRight (mut i32) (i32.const 0))   ;; from a panel of Start to the next
  (global $resultRight (mut i32) (i32.const 0))  ;; from a panel of C to the next
  (global $inner (mut i32) (i32.const 0))        ;; steps of a segment
  (global $run (mut i32) (i32.const 0))          ;; steps one behind the other
  (global $skipA (mut i32) (i32.const 0))        ;; what A leaves out behind a run
  (global $skipB (mut i32) (i32.const 0))        ;; what B leaves out behind a run
  (global $segments (mut i32) (i32.const 0))
  (global $segmentSkip (mut i32) (i32.const 0))  ;; from a segment of A to the next

  ;; C = Start + A·B. Each sum is added up in the order of GemmKernel.cs.
  (func (export "multiply") (param $p i32)
    (local $a i32) (local $b i32) (local $start i32) (local $c i32) (local $rows i32) (local $panels i32)
    (local $left i32) (local $rowOfA i32) (local $rowOfStart i32) (local $rowOfC i32)
    (local.set $a (i32.load (local.get $p)))
    (local.set $b (i32.load offset=4 (local.get $p)))
    (local.set $start (i32.load offset=8 (local.get $p)))
    (local.set $c (i32.load offset=12 (local.get $p)))
    (local.set $rows (i32.load offset=16 (local.get $p)))
    (local.set $panels (i32.load offset=20 (local.get $p)))
    (global.set $row (i32.load offset=24 (local.get $p)))
    (global.set $step (i32.load offset=28 (local.get $p)))
    (global.set $right (i32.load offset=32 (local.get $p)))
    (global.set $startRow (i32.load offset=36 (local.get $p)))
    (global.set $startRight (i32.load offset=40 (local.get $p)))
    (global.set $resultRight (i32.load offset=44 (local.get $p)))
    (global.set $inner (i32.load offset=48 (local.get $p)))
    (global.set $run (i32.load offset=52 (local.get $p)))
    (global.set $skipA (i32.load offset=56 (local.get $p)))
    (global.set $skipB (i32.load offset=60 (local.get $p)))
    (global.set $segments (i32.load offset=64 (local.get $p)))
    (global.set $segmentSkip (i32.load offset=68 (local.get $p)))
    (global.set $rows4 (i32.load offset=72 (local.get $p)))
    (block $done
      (loop $nextPanels
        (br_if $done (i32.le_s (local.get $panels) (i32.const 0)))
        (local.set $left (local.get $rows))
        (local.set $rowOfA (local.get $a))
        (local.set $rowOfStart (local.get $start))
        (local.set $rowOfC (local.get $c))
        (block $lastRow
          (loop $nextRows
            (br_if $lastRow (i32.le_s (local.get $left) (i32.const 0)))
            (if (i32.ge_s (local.get $left) (i32.const 4))
              (then
                (if (i32.ge_s (local.get $panels) (i32.const 2))
                  (then (call $tile (local.get $rowOfA) (local.get $b) (local.get $rowOfStart) (local.get $rowOfC)))
                  (else (call $column (local.get $rowOfA) (local.get $b) (local.get $rowOfStart) (local.get $rowOfC))))
                (local.set $left (i32.sub (local.get $left) (i32.const 4)))
                (local.set $rowOfA (i32.add (local.get $rowOfA) (global.get $rows4)))
                (local.set $rowOfStart (i32.add (local.get $rowOfStart) (i32.shl (global.get $startRow) (i32.const 2))))
                (local.set $rowOfC (i32.add (local.get $rowOfC) (i32.const 64))))
              (else
                (call $vector (local.get $rowOfA) (local.get $b) (local.get $rowOfStart) (local.get $rowOfC))
                (if (i32.ge_s (local.get $panels) (i32.const 2))
                  (then
                    (call $vector (local.get $rowOfA) (i32.add (local.get $b) (global.get $right))
                      (i32.add (local.get $rowOfStart) (global.get $startRight)) (i32.add (local.get $rowOfC) (global.get $resultRight)))))
                (local.set $left (i32.sub (local.get $left) (i32.const 1)))
                (local.set $rowOfA (i32.add (local.get $rowOfA) (global.get $row)))
                (local.set $rowOfStart (i32.add (local.get $rowOfStart) (global.get $startRow)))
                (local.set $rowOfC (i32.add (local.get $rowOfC) (i32.const 16)))))
            (br $nextRows)))
        (local.set $panels (i32.sub (local.get $panels) (i32.const 2)))
        (local.set $b (i32.add (local.get $b) (i32.shl (global.get $right) (i32.const 1))))
        (local.set $start (i32.add (local.get $start) (i32.shl (global.get $startRight) (i32.const 1))))
        (local.set $c (i32.add (local.get $c) (i32.shl (global.get $resultRight) (i32.const 1))))
        (br $nextPanels))))

  ;; Four rows of two panels: what is loaded is used often, and all sums stay in registers.
  (func $tile (param $a i32) (param $b i32) (param $start i32) (param $c i32)
    (local $segment i32) (local $next i32) (local $left i32) (local $end i32)
    (local $row i32) (local $below i32) (local $last i32) (local $step i32) (local $right i32)
    (local $x v128) (local $b0 v128) (local $b1 v128)
    (local $s00 v128) (local $s01 v128) (local $s10 v128) (local $s11 v128) (local $s20 v128) (local $s21 v128) (local $s30 v128) (local $s31 v128)
    (local.set $row (global.get $row))
    (local.set $below (i32.shl (local.get $row) (i32.const 1)))
    (local.set $last (i32.add (local.get $below) (local.get $row)))
    (local.set $step (global.get $step))
    (local.set $right (global.get $right))
    (local.set $s00 (v128.load (local.get $start)))
    (local.set $s01 (v128.load (i32.add (local.get $start) (global.get $startRight))))
    (local.set $start (i32.add (local.get $start) (global.get $startRow)))
    (local.set $s10 (v128.load (local.get $start)))
    (local.set $s11 (v128.load (i32.add (local.get $start) (global.get $startRight))))
    (local.set $start (i32.add (local.get $start) (global.get $startRow)))
    (local.set $s20 (v128.load (local.get $start)))
    (local.set $s21 (v128.load (i32.add (local.get $start) (global.get $startRight))))
    (local.set $start (i32.add (local.get $start) (global.get $startRow)))
    (local.set $s30 (v128.load (local.get $start)))
    (local.set $s31 (v128.load (i32.add (local.get $start) (global.get $startRight))))
    (local.set $segment (global.get $segments))
    (loop $nextSegment
      (local.set $next (i32.add (local.get $a) (global.get $segmentSkip)))
      (local.set $left (global.get $inner))
      (loop $nextRun
        (local.set $end (i32.add (local.get $b) (i32.shl
          (select (local.get $left) (global.get $run) (i32.lt_s (local.get $left) (global.get $run))) (i32.const 4))))
        (loop $nextStep
          (local.set $b0 (v128.load (local.get $b)))
          (local.set $b1 (v128.load (i32.add (local.get $b) (local.get $right))))
          (local.set $x (v128.load32_splat (local.get $a)))
          (local.set $s00 (f32x4.add (local.get $s00) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $s01 (f32x4.add (local.get $s01) (f32x4.mul (local.get $x) (local.get $b1))))
          (local.set $x (v128.load32_splat (i32.add (local.get $a) (local.get $row))))
          (local.set $s10 (f32x4.add (local.get $s10) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $s11 (f32x4.add (local.get $s11) (f32x4.mul (local.get $x) (local.get $b1))))
          (local.set $x (v128.load32_splat (i32.add (local.get $a) (local.get $below))))
          (local.set $s20 (f32x4.add (local.get $s20) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $s21 (f32x4.add (local.get $s21) (f32x4.mul (local.get $x) (local.get $b1))))
          (local.set $x (v128.load32_splat (i32.add (local.get $a) (local.get $last))))
          (local.set $s30 (f32x4.add (local.get $s30) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $s31 (f32x4.add (local.get $s31) (f32x4.mul (local.get $x) (local.get $b1))))
          (local.set $a (i32.add (local.get $a) (local.get $step)))
          (local.set $b (i32.add (local.get $b) (i32.const 16)))
          (br_if $nextStep (i32.lt_u (local.get $b) (local.get $end))))
        (local.set $a (i32.add (local.get $a) (global.get $skipA)))
        (local.set $b (i32.add (local.get $b) (global.get $skipB)))
        (local.set $left (i32.sub (local.get $left) (global.get $run)))
        (br_if $nextRun (i32.gt_s (local.get $left) (i32.const 0))))
      (local.set $a (local.get $next))
      (local.set $segment (i32.sub (local.get $segment) (i32.const 1)))
      (br_if $nextSegment (i32.gt_s (local.get $segment) (i32.const 0))))
    (v128.store (local.get $c) (local.get $s00))
    (v128.store offset=16 (local.get $c) (local.get $s10))
    (v128.store offset=32 (local.get $c) (local.get $s20))
    (v128.store offset=48 (local.get $c) (local.get $s30))
    (local.set $c (i32.add (local.get $c) (global.get $resultRight)))
    (v128.store (local.get $c) (local.get $s01))
    (v128.store offset=16 (local.get $c) (local.get $s11))
    (v128.store offset=32 (local.get $c) (local.get $s21))
    (v128.store offset=48 (local.get $c) (local.get $s31)))

  ;; Four rows of one panel.
  (func $column (param $a i32) (param $b i32) (param $start i32) (param $c i32)
    (local $segment i32) (local $next i32) (local $left i32) (local $end i32)
    (local $row i32) (local $below i32) (local $last i32) (local $step i32)
    (local $x v128) (local $b0 v128)
    (local $s00 v128) (local $s10 v128) (local $s20 v128) (local $s30 v128)
    (local.set $row (global.get $row))
    (local.set $below (i32.shl (local.get $row) (i32.const 1)))
    (local.set $last (i32.add (local.get $below) (local.get $row)))
    (local.set $step (global.get $step))
    (local.set $s00 (v128.load (local.get $start)))
    (local.set $start (i32.add (local.get $start) (global.get $startRow)))
    (local.set $s10 (v128.load (local.get $start)))
    (local.set $start (i32.add (local.get $start) (global.get $startRow)))
    (local.set $s20 (v128.load (local.get $start)))
    (local.set $start (i32.add (local.get $start) (global.get $startRow)))
    (local.set $s30 (v128.load (local.get $start)))
    (local.set $segment (global.get $segments))
    (loop $nextSegment
      (local.set $next (i32.add (local.get $a) (global.get $segmentSkip)))
      (local.set $left (global.get $inner))
      (loop $nextRun
        (local.set $end (i32.add (local.get $b) (i32.shl
          (select (local.get $left) (global.get $run) (i32.lt_s (local.get $left) (global.get $run))) (i32.const 4))))
        (loop $nextStep
          (local.set $b0 (v128.load (local.get $b)))
          (local.set $x (v128.load32_splat (local.get $a)))
          (local.set $s00 (f32x4.add (local.get $s00) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $x (v128.load32_splat (i32.add (local.get $a) (local.get $row))))
          (local.set $s10 (f32x4.add (local.get $s10) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $x (v128.load32_splat (i32.add (local.get $a) (local.get $below))))
          (local.set $s20 (f32x4.add (local.get $s20) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $x (v128.load32_splat (i32.add (local.get $a) (local.get $last))))
          (local.set $s30 (f32x4.add (local.get $s30) (f32x4.mul (local.get $x) (local.get $b0))))
          (local.set $a (i32.add (local.get $a) (local.get $step)))
          (local.set $b (i32.add (local.get $b) (i32.const 16)))
          (br_if $nextStep (i32.lt_u (local.get $b) (local.get $end))))
        (local.set $a (i32.add (local.get $a) (global.get $skipA)))
        (local.set $b (i32.add (local.get $b) (global.get $skipB)))
        (local.set $left (i32.sub (local.get $left) (global.get $run)))
        (br_if $nextRun (i32.gt_s (local.get $left) (i32.const 0))))
      (local.set $a (local.get $next))
      (local.set $segment (i32.sub (local.get $segment) (i32.const 1)))
      (br_if $nextSegment (i32.gt_s (local.get $segment) (i32.const 0))))
    (v128.store (local.get $c) (local.get $s00))
    (v128.store offset=16 (local.get $c) (local.get $s10))
    (v128.store offset=32 (local.get $c) (local.get $s20))
    (v128.store offset=48 (local.get $c) (local.get $s30)))

  ;; One row of one panel, where no tile fits.
  (func $vector (param $a i32) (param $b i32) (param $start i32) (param $c i32)
    (local $segment i32) (local $next i32) (local $left i32) (local $end i32) (local $sum v128)
    (local.set $sum (v128.load (local.get $start)))
    (local.set $segment (global.get $segments))
    (loop $nextSegment
      (local.set $next (i32.add (local.get $a) (global.get $segmentSkip)))
      (local.set $left (global.get $inner))
      (loop $nextRun
        (local.set $end (i32.add (local.get $b) (i32.shl
          (select (local.get $left) (global.get $run) (i32.lt_s (local.get $left) (global.get $run))) (i32.const 4))))
        (loop $nextStep
          (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (v128.load32_splat (local.get $a)) (v128.load (local.get $b)))))
          (local.set $a (i32.add (local.get $a) (global.get $step)))
          (local.set $b (i32.add (local.get $b) (i32.const 16)))
          (br_if $nextStep (i32.lt_u (local.get $b) (local.get $end))))
        (local.set $a (i32.add (local.get $a) (global.get $skipA)))
        (local.set $b (i32.add (local.get $b) (global.get $skipB)))
        (local.set $left (i32.sub (local.get $left) (global.get $run)))
        (br_if $nextRun (i32.gt_s (local.get $left) (i32.const 0))))
      (local.set $a (local.get $next))
      (local.set $segment (i32.sub (local.get $segment) (i32.const 1)))
      (br_if $nextSegment (i32.gt_s (local.get $segment) (i32.const 0))))
    (v128.store (local.get $c) (local.get $sum)))

  ;; tanh of all panels, or the logistic function ½ + ½·tanh(x/2): from, to, from a panel of each to the next, a panel's size, panels, which.
  (func (export "activate") (param $p i32)
    (local $from i32) (local $to i32) (local $panels i32) (local $e i32) (local $size i32) (local $isLogistic i32) (local $x v128)
    (local.set $from (i32.load (local.get $p)))
    (local.set $to (i32.load offset=4 (local.get $p)))
    (local.set $size (i32.load offset=16 (local.get $p)))
    (local.set $panels (i32.load offset=20 (local.get $p)))
    (local.set $isLogistic (i32.load offset=24 (local.get $p)))
    (block $done
      (loop $nextPanel
        (br_if $done (i32.le_s (local.get $panels) (i32.const 0)))
        (local.set $e (i32.const 0))
        (loop $nextVector
          (local.set $x (v128.load (i32.add (local.get $from) (local.get $e))))
          (if (local.get $isLogistic)
            (then
              (local.set $x (call $tanh (f32x4.mul (local.get $x) (f32x4.splat (f32.const 0.5)))))
              (local.set $x (f32x4.add (f32x4.splat (f32.const 0.5)) (f32x4.mul (f32x4.splat (f32.const 0.5)) (local.get $x)))))
            (else (local.set $x (call $tanh (local.get $x)))))
          (v128.store (i32.add (local.get $to) (local.get $e)) (local.get $x))
          (local.set $e (i32.add (local.get $e) (i32.const 16)))
          (br_if $nextVector (i32.lt_s (local.get $e) (local.get $size))))
        (local.set $from (i32.add (local.get $from) (i32.load offset=8 (local.get $p))))
        (local.set $to (i32.add (local.get $to) (i32.load offset=12 (local.get $p))))
        (local.set $panels (i32.sub (local.get $panels) (i32.const 1)))
        (br $nextPanel))))

  ;; The quotient of VectorMath.cs, x·P(x²)/Q(x²).
  (func $tanh (param $x v128) (result v128)
    (local $u v128) (local $n v128) (local $q v128)
    (local.set $u (f32x4.mul (local.get $x) (local.get $x)))
    (local.set $n (call $horner (f32x4.splat (f32.const -8.228492304954902e-14)) (local.get $u) (f32.const 5.177700824457441e-11)))
    (local.set $n (call $horner (local.get $n) (local.get $u) (f32.const -2.0019169872102737e-08)))
    (local.set $n (call $horner (local.get $n) (local.get $u) (f32.const 1.1103934480601861e-05)))
    (local.set $n (call $horner (local.get $n) (local.get $u) (f32.const 0.003099162814142565)))
    (local.set $n (call $horner (local.get $n) (local.get $u) (f32.const 0.13079724798149048)))
    (local.set $n (call $horner (local.get $n) (local.get $u) (f32.const 0.999999992554367)))
    (local.set $q (call $horner (f32x4.splat (f32.const 0.0002539151929848957)) (local.get $u) (f32.const 0.024476108857793513)))
    (local.set $q (call $horner (local.get $q) (local.get $u) (f32.const 0.46413051171752756)))
    (local.set $q (call $horner (local.get $q) (local.get $u) (f32.const 1)))
    (local.set $n (v128.bitselect
      (local.get $x)
      (f32x4.mul (f32x4.mul (local.get $x) (local.get $n)) (f32x4.div (f32x4.splat (f32.const 1)) (local.get $q)))
      (f32x4.gt (f32x4.abs (local.get $x)) (f32x4.splat (f32.const 9.05)))))
    (f32x4.pmin (f32x4.pmax (local.get $n) (f32x4.splat (f32.const -1))) (f32x4.splat (f32.const 1))))

  ;; p·u + c
  (func $horner (param $p v128) (param $u v128) (param $c f32) (result v128)
    (f32x4.add (f32x4.splat (local.get $c)) (f32x4.mul (local.get $p) (local.get $u))))

  ;; Flushes what is smaller than a threshold to zero: where, from a panel to the next, a panel's size, panels, threshold. Behind them,
  ;; the count of what it has flushed.
  (func (export "flush") (param $p i32)
    (local $at i32) (local $panels i32) (local $e i32) (local $end i32) (local $x v128) (local $bits v128) (local $bound v128) (local $flushed v128)
    (local.set $at (i32.load (local.get $p)))
    (local.set $panels (i32.load offset=12 (local.get $p)))
    (local.set $bound (v128.load32_splat offset=16 (local.get $p)))
    (block $done
      (loop $nextPanel
        (br_if $done (i32.le_s (local.get $panels) (i32.const 0)))
        (local.set $e (local.get $at))
        (local.set $end (i32.add (local.get $at) (i32.load offset=8 (local.get $p))))
        (loop $nextVector
          (local.set $x (v128.load (local.get $e)))
          (local.set $bits (f32x4.abs (local.get $x)))
          (local.set $bits (i32x4.shr_s
            (v128.and (i32x4.sub (local.get $bits) (local.get $bound)) (i32x4.neg (local.get $bits))) (i32.const 31)))
          (local.set $flushed (i32x4.sub (local.get $flushed) (local.get $bits)))
          (v128.store (local.get $e) (v128.andnot (local.get $x) (local.get $bits)))
          (local.set $e (i32.add (local.get $e) (i32.const 16)))
          (br_if $nextVector (i32.lt_u (local.get $e) (local.get $end))))
        (local.set $at (i32.add (local.get $at) (i32.load offset=4 (local.get $p))))
        (local.set $panels (i32.sub (local.get $panels) (i32.const 1)))
        (br $nextPanel)))
    (i32.store offset=20 (local.get $p) (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $flushed)) (i32x4.extract_lane 1 (local.get $flushed)))
      (i32.add (i32x4.extract_lane 2 (local.get $flushed)) (i32x4.extract_lane 3 (local.get $flushed))))))

  ;; Adam's step, in the order of Adam.cs: weights, gradients, averages of g and of g², their bytes; β₁, 1 − β₁, β₂, 1 − β₂, rate, scale of the root, ε.
  (func (export "adam") (param $p i32)
    (local $w i32) (local $g i32) (local $m i32) (local $v i32) (local $end i32) (local $x v128) (local $mean v128) (local $square v128)
    (local.set $w (i32.load (local.get $p)))
    (local.set $g (i32.load offset=4 (local.get $p)))
    (local.set $m (i32.load offset=8 (local.get $p)))
    (local.set $v (i32.load offset=12 (local.get $p)))
    (local.set $end (i32.add (local.get $w) (i32.load offset=16 (local.get $p))))
    (loop $nextVector
      (local.set $x (v128.load (local.get $g)))
      (local.set $mean (f32x4.add
        (f32x4.mul (v128.load (local.get $m)) (v128.load32_splat offset=20 (local.get $p)))
        (f32x4.mul (local.get $x) (v128.load32_splat offset=24 (local.get $p)))))
      (local.set $square (f32x4.add
        (f32x4.mul (v128.load (local.get $v)) (v128.load32_splat offset=28 (local.get $p)))
        (f32x4.mul (f32x4.mul (local.get $x) (local.get $x)) (v128.load32_splat offset=32 (local.get $p)))))
      (v128.store (local.get $m) (local.get $mean))
      (v128.store (local.get $v) (local.get $square))
      (v128.store (local.get $w) (f32x4.sub (v128.load (local.get $w)) (f32x4.div
        (f32x4.mul (local.get $mean) (v128.load32_splat offset=36 (local.get $p)))
        (f32x4.add
          (f32x4.mul (f32x4.sqrt (local.get $square)) (v128.load32_splat offset=40 (local.get $p)))
          (v128.load32_splat offset=44 (local.get $p))))))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (local.set $m (i32.add (local.get $m) (i32.const 16)))
      (local.set $v (i32.add (local.get $v) (i32.const 16)))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (br_if $nextVector (i32.lt_u (local.get $w) (local.get $end))))))
