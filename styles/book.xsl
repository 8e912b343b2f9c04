<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- The book: page masters, page sequences, running heads. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo"
  xmlns:t="urn:vadovas:theme" exclude-result-prefixes="t" extension-element-prefixes="vad">

  <xsl:include href="words.xsl"/>
  <xsl:include href="numbers.xsl"/>
  <xsl:include href="inlines.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="front.xsl"/>
  <xsl:include href="workshop.xsl"/>
  <xsl:include href="form.xsl"/>
  <xsl:include href="index.xsl"/>
  <xsl:include href="changes.xsl"/>
  <xsl:output method="xml" indent="no"/>

  <xsl:param name="draft" select="'no'"/>
  <xsl:param name="audience"/>

  <xsl:variable name="theme" select="document('theme.xml')/t:theme"/>
  <xsl:variable name="ink-text" select="string($theme/t:ink[@name = 'text']/@rgb)"/>
  <xsl:variable name="ink-accent" select="string($theme/t:ink[@name = 'accent']/@rgb)"/>
  <xsl:variable name="ink-tint" select="string($theme/t:ink[@name = 'tint']/@rgb)"/>
  <xsl:variable name="ink-grey" select="string($theme/t:ink[@name = 'grey']/@rgb)"/>
  <xsl:variable name="ink-rule" select="string($theme/t:ink[@name = 'rule']/@rgb)"/>
  <xsl:variable name="ink-shade" select="string($theme/t:ink[@name = 'shade']/@rgb)"/>
  <xsl:variable name="ink-paper" select="string($theme/t:ink[@name = 'paper']/@rgb)"/>
  <xsl:variable name="ink-alert" select="string($theme/t:ink[@name = 'alert']/@rgb)"/>
  <xsl:variable name="page-width" select="string($theme/t:length[@name = 'page-width']/@value)"/>
  <xsl:variable name="page-height" select="string($theme/t:length[@name = 'page-height']/@value)"/>
  <xsl:variable name="inner" select="string($theme/t:length[@name = 'inner']/@value)"/>
  <xsl:variable name="outer" select="string($theme/t:length[@name = 'outer']/@value)"/>
  <xsl:variable name="top" select="string($theme/t:length[@name = 'top']/@value)"/>
  <xsl:variable name="bottom" select="string($theme/t:length[@name = 'bottom']/@value)"/>
  <xsl:variable name="head" select="string($theme/t:length[@name = 'head']/@value)"/>
  <xsl:variable name="foot" select="string($theme/t:length[@name = 'foot']/@value)"/>
  <xsl:variable name="size" select="string($theme/t:length[@name = 'size']/@value)"/>
  <xsl:variable name="line" select="string($theme/t:length[@name = 'line']/@value)"/>
  <xsl:variable name="family-text" select="string($theme/t:family[@name = 'text']/@value)"/>
  <xsl:variable name="family-head" select="string($theme/t:family[@name = 'head']/@value)"/>
  <xsl:variable name="family-code" select="string($theme/t:family[@name = 'code']/@value)"/>

  <xsl:template match="/document">
    <fo:root xml:lang="{@lang}" font-family="{$family-text}" font-size="{$size}" line-height="{$line}"
      color="{$ink-text}" text-align="justify" hyphenate="true" widows="2" orphans="2"
      vad:figures="old-style">
      <xsl:call-template name="masters"/>
      <xsl:call-template name="bookmarks"/>
      <xsl:apply-templates select="changes"/>
      <fo:page-sequence master-reference="plain" force-page-count="no-force" role="Part">
        <!-- the list in front leaves the book its own numbers -->
        <xsl:if test="changes"><xsl:attribute name="initial-page-number">1</xsl:attribute></xsl:if>
        <xsl:call-template name="draft-mark"/>
        <fo:flow flow-name="xsl-region-body">
          <xsl:apply-templates select="edition" mode="title-page"/>
        </fo:flow>
      </fo:page-sequence>
      <fo:page-sequence master-reference="imprint" force-page-count="end-on-even" role="Part">
        <xsl:call-template name="draft-mark"/>
        <fo:flow flow-name="xsl-region-body">
          <xsl:apply-templates select="edition" mode="imprint"/>
        </fo:flow>
      </fo:page-sequence>
      <fo:page-sequence master-reference="pages" initial-page-number="auto-odd" role="Part">
        <xsl:call-template name="furniture"/>
        <fo:flow flow-name="xsl-region-body"><xsl:call-template name="contents"/></fo:flow>
      </fo:page-sequence>
      <xsl:apply-templates select="chapter"/>
    </fo:root>
  </xsl:template>

  <!-- vad:emit: each chapter is read as soon as it is made, and its XML freed -->
  <xsl:template match="chapter">
    <vad:emit>
      <fo:page-sequence master-reference="pages" initial-page-number="auto-odd" role="Part">
        <xsl:call-template name="furniture"/>
        <fo:flow flow-name="xsl-region-body"><xsl:apply-templates/></fo:flow>
      </fo:page-sequence>
      <xsl:if test="$copy = 'handout'"><xsl:call-template name="notes"/></xsl:if>
    </vad:emit>
  </xsl:template>

  <!-- ============ masters ============ -->

  <xsl:template name="masters">
    <fo:layout-master-set>
      <xsl:call-template name="master"><xsl:with-param name="name" select="'recto'"/></xsl:call-template>
      <xsl:call-template name="master">
        <xsl:with-param name="name" select="'verso'"/>
        <xsl:with-param name="left" select="$outer"/>
        <xsl:with-param name="right" select="$inner"/>
      </xsl:call-template>
      <xsl:call-template name="master">
        <xsl:with-param name="name" select="'opening'"/>
        <xsl:with-param name="before" select="'opening-before'"/>
      </xsl:call-template>
      <xsl:call-template name="master">
        <xsl:with-param name="name" select="'blank'"/>
        <xsl:with-param name="left" select="$outer"/>
        <xsl:with-param name="right" select="$inner"/>
        <xsl:with-param name="before" select="'blank-before'"/>
        <xsl:with-param name="after" select="'blank-after'"/>
      </xsl:call-template>
      <xsl:call-template name="master">
        <xsl:with-param name="name" select="'colophon'"/>
        <xsl:with-param name="left" select="$outer"/>
        <xsl:with-param name="right" select="$inner"/>
        <xsl:with-param name="before" select="'blank-before'"/>
        <xsl:with-param name="after" select="'blank-after'"/>
        <xsl:with-param name="align" select="'after'"/>
      </xsl:call-template>
      <xsl:call-template name="master">
        <xsl:with-param name="name" select="'bare'"/>
        <xsl:with-param name="before" select="'blank-before'"/>
        <xsl:with-param name="after" select="'blank-after'"/>
      </xsl:call-template>
      <xsl:if test="$copy = 'handout'"><xsl:call-template name="notes-masters"/></xsl:if>
      <fo:page-sequence-master master-name="pages">
        <fo:repeatable-page-master-alternatives>
          <fo:conditional-page-master-reference master-reference="blank" blank-or-not-blank="blank"/>
          <fo:conditional-page-master-reference master-reference="opening" page-position="first"/>
          <fo:conditional-page-master-reference master-reference="recto" odd-or-even="odd"/>
          <fo:conditional-page-master-reference master-reference="verso" odd-or-even="even"/>
        </fo:repeatable-page-master-alternatives>
      </fo:page-sequence-master>
      <fo:page-sequence-master master-name="imprint">
        <fo:repeatable-page-master-alternatives>
          <fo:conditional-page-master-reference master-reference="blank" blank-or-not-blank="blank"/>
          <fo:conditional-page-master-reference master-reference="colophon" odd-or-even="even"/>
          <fo:conditional-page-master-reference master-reference="bare" odd-or-even="odd"/>
        </fo:repeatable-page-master-alternatives>
      </fo:page-sequence-master>
      <fo:page-sequence-master master-name="plain">
        <fo:repeatable-page-master-alternatives>
          <fo:conditional-page-master-reference master-reference="blank" odd-or-even="even"/>
          <fo:conditional-page-master-reference master-reference="bare" odd-or-even="odd"/>
        </fo:repeatable-page-master-alternatives>
      </fo:page-sequence-master>
      <xsl:if test="$copy = 'handout'"><xsl:call-template name="notes-sequence"/></xsl:if>
    </fo:layout-master-set>
  </xsl:template>

  <xsl:template name="master">
    <xsl:param name="name"/>
    <xsl:param name="left" select="$inner"/>
    <xsl:param name="right" select="$outer"/>
    <xsl:param name="before" select="concat($name, '-before')"/>
    <xsl:param name="after" select="concat($name, '-after')"/>
    <xsl:param name="align" select="'auto'"/>
    <xsl:param name="before-extent" select="concat($head, ' + 10pt')"/>
    <xsl:param name="before-align" select="'after'"/>
    <fo:simple-page-master master-name="{$name}" page-width="{$page-width}" page-height="{$page-height}"
      margin-left="{$left}" margin-right="{$right}">
      <fo:region-body margin-top="{$top}" margin-bottom="{$bottom}" display-align="{$align}"/>
      <fo:region-before region-name="{$before}" extent="{$before-extent}" display-align="{$before-align}"/>
      <fo:region-after region-name="{$after}" extent="{$foot} + 4pt" display-align="before"/>
    </fo:simple-page-master>
  </xsl:template>

  <!-- ============ running heads and folios ============ -->

  <xsl:template name="furniture">
    <fo:static-content flow-name="verso-before" role="artifact">
      <fo:block xsl:use-attribute-sets="small" font-size="8.6pt" color="{$ink-grey}" text-align="start" hyphenate="false">
        <fo:retrieve-marker retrieve-class-name="chapter" retrieve-position="first-including-carryover"/>
      </fo:block>
    </fo:static-content>
    <fo:static-content flow-name="recto-before" role="artifact">
      <fo:block xsl:use-attribute-sets="small" font-size="8.6pt" color="{$ink-grey}" text-align="end" hyphenate="false">
        <fo:retrieve-marker retrieve-class-name="section" retrieve-position="first-starting-within-page"/>
      </fo:block>
    </fo:static-content>
    <xsl:call-template name="folio">
      <xsl:with-param name="region" select="'verso-after'"/>
      <xsl:with-param name="align" select="'start'"/>
    </xsl:call-template>
    <xsl:call-template name="folio">
      <xsl:with-param name="region" select="'recto-after'"/>
      <xsl:with-param name="align" select="'end'"/>
    </xsl:call-template>
    <xsl:call-template name="folio">
      <xsl:with-param name="region" select="'opening-after'"/>
      <xsl:with-param name="align" select="'end'"/>
    </xsl:call-template>
    <xsl:call-template name="draft-mark"/>
    <fo:static-content flow-name="xsl-footnote-separator" role="artifact">
      <fo:block line-height="8pt" space-before="4pt" padding-after="3pt">
        <fo:leader leader-pattern="rule" leader-length="25%" rule-thickness="0.4pt"/>
      </fo:block>
    </fo:static-content>
  </xsl:template>

  <!-- the page number; a draft says so beside it -->
  <xsl:template name="folio">
    <xsl:param name="region"/>
    <xsl:param name="align"/>
    <fo:static-content flow-name="{$region}" role="artifact">
      <fo:block xsl:use-attribute-sets="small" text-align="{$align}">
        <xsl:if test="$draft = 'yes' and $align = 'end'"><xsl:call-template name="draft-word"/>&#x2003;</xsl:if>
        <xsl:if test="$copy != '' and $align = 'end'">
          <xsl:call-template name="copy-mark"><xsl:with-param name="align" select="$align"/></xsl:call-template>
          <xsl:text>&#x2003;</xsl:text>
        </xsl:if>
        <fo:page-number/>
        <xsl:if test="$copy != '' and $align = 'start'">
          <xsl:text>&#x2003;</xsl:text>
          <xsl:call-template name="copy-mark"><xsl:with-param name="align" select="$align"/></xsl:call-template>
        </xsl:if>
        <xsl:if test="$draft = 'yes' and $align = 'start'">&#x2003;<xsl:call-template name="draft-word"/></xsl:if>
      </fo:block>
    </fo:static-content>
  </xsl:template>
  <xsl:template name="draft-word">
    <fo:inline color="{$ink-alert}" font-weight="700" text-transform="uppercase">
      <xsl:call-template name="word"><xsl:with-param name="name" select="'draft'"/></xsl:call-template>
    </fo:inline>
  </xsl:template>

  <!-- and at the head of title, imprint and blank pages -->
  <xsl:template name="draft-mark">
    <xsl:if test="$draft = 'yes'">
      <fo:static-content flow-name="blank-before" role="artifact">
        <fo:block xsl:use-attribute-sets="small" text-align="center"><xsl:call-template name="draft-word"/></fo:block>
      </fo:static-content>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
